//! Names of Europe, the Caucasus and Central Asia. All names are fictional.

use expect_test::expect;
use names::Kind;

use super::check_tags;

#[test]
fn russian_orders() {
    check_tags(
        Kind::Person,
        &[
            "Sergei Anatolevich Okunev",
            "Okunev Sergei Anatolevich",
            "OKUNEV Sergei Anatolevich",
            "Сергей Анатольевич Окунев",
            "Семенок Иван Петрович",
            "Окунева Мария Петровна",
            "Иван Петрович",
            "Roman Okunevich",
            "Qandilov Ruslan Samir oglu",
            "Кандилов Руслан Самир оглы",
            "Ruslan Samirogly Qandilov",
        ],
        expect![[r"
            Sergei (sergei): given | Anatolevich (anatolevich): patronymic | Okunev (okunev): family
            Okunev (okunev): family | Sergei (sergei): given | Anatolevich (anatolevich): patronymic
            OKUNEV (okunev): family | Sergei (sergei): given | Anatolevich (anatolevich): patronymic
            Сергей (сергей): given | Анатольевич (анатольевич): patronymic | Окунев (окунев): family
            Семенок (семенок): family | Иван (иван): given | Петрович (петрович): patronymic
            Окунева (окунева): family | Мария (мария): given | Петровна (петровна): patronymic
            Иван (иван): given | Петрович (петрович): patronymic
            Roman (roman): given | Okunevich (okunevich): family
            Qandilov (qandilov): family | Ruslan (ruslan): given | Samir (samir): patronymic | oglu: particle
            Кандилов (кандилов): family | Руслан (руслан): given | Самир (самир): patronymic | оглы: particle
            Ruslan (ruslan): given | Samirogly (samirogly): patronymic | Qandilov (qandilov): family
        "]],
    );
}

#[test]
fn family_endings() {
    check_tags(
        Kind::Person,
        &[
            "Samvel Qandilyan",
            "Julian Qandil",
            "Sufyan Qandil",
            "Zurab Qandilashvili",
            "Qandiladze Zurab",
            "Samir Qandilzade",
            "Mehmet Qandiloglu",
            "Taras Qandilenko",
            "Samir Qandilpour",
        ],
        expect![[r"
            Samvel (samvel): given | Qandilyan (qandilyan): family
            Julian (julian): given | Qandil (qandil): family
            Sufyan (sufyan): given | Qandil (qandil): family
            Zurab (zurab): given | Qandilashvili (qandilashvili): family
            Qandiladze (qandiladze): family | Zurab (zurab): given
            Samir (samir): given | Qandilzade (qandilzade): family
            Mehmet (mehmet): given | Qandiloglu (qandiloglu): family
            Taras (taras): given | Qandilenko (qandilenko): family
            Samir (samir): given | Qandilpour (qandilpour): family
        "]],
    );
}

#[test]
fn double_surnames_and_prepositions() {
    check_tags(
        Kind::Person,
        &[
            "Juan Carlos Qandil y Zarquno",
            "Maria de los Zarqunos Qandil",
            "Joao da Qandil dos Zarqunos",
            "Jan van der Qandil",
            "Hans von Qandil",
            "QANDIL Y ZARQUNO, Juan",
            "Seamus O'Qandil",
            "Angus McQandil",
            "Angus Mc Qandil",
        ],
        expect![[r"
            Juan (juan): given | Carlos (carlos): unknown | Qandil (qandil): family | y: particle | Zarquno (zarquno): family
            Maria (maria): given | de: particle | los: particle | Zarqunos (zarqunos): family | Qandil (qandil): family
            Joao (joao): given | da: particle | Qandil (qandil): family | dos: particle | Zarqunos (zarqunos): family
            Jan (jan): given | van: particle | der: particle | Qandil (qandil): family
            Hans (hans): given | von: particle | Qandil (qandil): family
            QANDIL (qandil): family | Y (y): initial | ZARQUNO (zarquno): family | Juan (juan): given
            Seamus (seamus): given | O'Qandil (oqandil): family
            Angus (angus): given | McQandil (mcqandil): family
            Angus (angus): given | Mc Qandil (mcqandil): family
        "]],
    );
}

#[test]
fn commas_capitals_and_initials() {
    check_tags(
        Kind::Person,
        &[
            "Qandil, Samir",
            "QANDIL Samir",
            "Samir QANDIL",
            "Qandilov, Ruslan M. Jr.",
            "S. Q. Zarquni",
            "Samir Q. Zarquni",
        ],
        expect![[r"
            Qandil (qandil): family | Samir (samir): given
            QANDIL (qandil): family | Samir (samir): given
            Samir (samir): given | QANDIL (qandil): family
            Qandilov (qandilov): family | Ruslan (ruslan): given | M (m): initial | Jr (jr): suffix
            S (s): initial | Q (q): initial | Zarquni (zarquni): family
            Samir (samir): given | Q (q): initial | Zarquni (zarquni): family
        "]],
    );
}
