//! Names of South, East and Southeast Asia and of Africa. All names are fictional.

use expect_test::expect;
use names::Kind;

use super::check_tags;

#[test]
fn family_name_first() {
    check_tags(
        Kind::Person,
        &[
            "Wang Qingdil",
            "Zhang Xiaodil",
            "Zhang Xiaoming",
            "Kim Min-jun",
            "Nguyen Van Qandil",
            "Tran Thi Dinh",
            "金 明",
            "김 민준",
            "王小明",
            "山田 太郎",
            "坎迪尔·萨米",
            "Lê Văn Quandil",
            "Ле Ван Кандил",
            "Chen Qandil",
            "Kim Qandil",
            "Ichiro Qandimoto",
        ],
        expect![[r"
            Wang (wang): given | Qingdil (qingdil): family
            Zhang (zhang): given | Xiaodil (xiaodil): family
            Zhang (zhang): family | Xiaoming (xiaoming): given
            Kim (kim): family | Min (min): given | jun: given
            Nguyen (nguyen): family | Van (van): given | Qandil (qandil): given
            Tran (tran): family | Thi (thi): given | Dinh (dinh): given
            金: family | 明: given
            김: family | 민준: given
            王小明: given
            山田: family | 太郎: given
            坎迪尔: given | 萨米: family
            Lê (le): family | Văn (van): given | Quandil (quandil): given
            Ле (ле): family | Ван (ван): given | Кандил (кандил): given
            Chen (chen): given | Qandil (qandil): family
            Kim (kim): given | Qandil (qandil): family
            Ichiro (ichiro): given | Qandimoto (qandimoto): family
        "]],
    );
}

#[test]
fn fathers_and_single_names() {
    check_tags(
        Kind::Person,
        &[
            "Zarqun S/O Samir",
            "Samir a/l Zarqun",
            "Zarquna D/O Samir",
            "Md Samir Qandil",
            "Mohd. Samir bin Qandil",
            "Qandilo",
            "Qandila Bekelo Zarquno",
            "Ato Qandila Bekelo",
            "Samir Sheikh Zarqun Qandil",
        ],
        expect![[r"
            Zarqun (zarqun): given | S/O (o): particle | Samir (samir): patronymic
            Samir (samir): given | a/l (l): particle | Zarqun (zarqun): patronymic
            Zarquna (zarquna): given | D/O (o): particle | Samir (samir): patronymic
            Md (muhammad): given | Samir (samir): unknown | Qandil (qandil): family
            Mohd (muhammad): given | Samir (samir): patronymic | bin: particle | Qandil (qandil): patronymic
            Qandilo (qandilo): given
            Qandila (qandila): given | Bekelo (bekelo): unknown | Zarquno (zarquno): family
            Ato (ato): honorific | Qandila (qandila): given | Bekelo (bekelo): family
            Samir (samir): given | Sheikh (sheikh): unknown | Zarqun (zarqun): unknown | Qandil (qandil): family
        "]],
    );
}
