import { describe, expect, it } from "vitest";

import { actionOf, clash, DEFAULT_KEYS, loadKeys, plainLabel, type Press } from "./keymap";

const press = (code: string, more: Partial<Press> = {}): Press => ({
  code, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more,
});

describe("keys", () => {
  it("go by their place, not by what is printed on them", () => {
    // On AZERTY the key of `a` types `q`; its place is still KeyA.
    expect(actionOf(DEFAULT_KEYS, press("KeyS"))).toBe("same");
    expect(actionOf(DEFAULT_KEYS, press("Slash", { shiftKey: true }))).toBe("help");
  });

  it("leave the browser its own", () => {
    expect(actionOf(DEFAULT_KEYS, press("KeyR", { ctrlKey: true }))).toBeUndefined();
  });

  it("do not clash by default, and a map that clashes is not taken", () => {
    expect(clash(DEFAULT_KEYS)).toBeUndefined();
    const stored = (text: string) => loadKeys({ getItem: () => text });
    expect(stored('{"same":{"code":"KeyD"}}')).toEqual(DEFAULT_KEYS);
    expect(stored('{"same":{"code":"F2"}}').same).toEqual({ code: "F2" });
    expect(stored("nonsense")).toEqual(DEFAULT_KEYS);
  });

  it("are shown as they are printed", () => {
    expect(plainLabel(DEFAULT_KEYS.help)).toBe("⇧ /");
    expect(plainLabel(DEFAULT_KEYS.clear)).toBe("0");
  });
});
