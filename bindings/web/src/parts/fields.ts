// The inputs that the form is made of.

import { html, nothing, type TemplateResult } from "lit";

import { isAmount, isDate, isNumber } from "../record.ts";
import type { Words } from "../words.ts";
import { isolated } from "./text.ts";

/** A value to choose, and what people call it. */
export interface Choice {
  value: string;
  label: string;
}

interface Field<Value> {
  label: string;
  /** Whether the place of the field says to those who see it what the label says. */
  isLabelHidden?: boolean;
  value: Value | undefined;
  set(value: Value | undefined): void;
}

/** Asks for one of several values; `none` is what no value is called. */
export function choiceField(field: Field<string> & { none?: string; choices: readonly Choice[] }): TemplateResult {
  const { value, choices } = field;
  // What is on the record stays there, also if it is no choice.
  const isOther = value !== undefined && !choices.some((choice) => choice.value === value);
  const all = isOther ? [...choices, { value, label: isolated(value) }] : choices;
  const option = (choice: Choice): TemplateResult =>
    html`<option value=${choice.value} .selected=${choice.value === (value ?? "")}>${choice.label}</option>`;
  return labelled(
    field,
    html`<select
      aria-label=${field.isLabelHidden ? field.label : nothing}
      @change=${(event: Event) => field.set((event.target as HTMLSelectElement).value || undefined)}
    >
      ${field.none === undefined ? nothing : option({ value: "", label: field.none })} ${all.map(option)}
    </select>`,
  );
}

/** Asks for yes, no or not stated. */
export function flagField(field: Field<boolean>, words: Words): TemplateResult {
  return choiceField({
    ...field,
    value: field.value === undefined ? undefined : String(field.value),
    set: (value) => field.set(value === undefined ? undefined : value === "true"),
    none: words.notStated,
    choices: [
      { value: "true", label: words.yes },
      { value: "false", label: words.no },
    ],
  });
}

/** Asks for a number, kept as it was written. */
export function numberField(
  field: Omit<Field<string>, "value"> & { value: string | number | undefined; isSigned?: boolean },
  words: Words,
): TemplateResult {
  const isRight = (text: string): boolean => text === "" || (field.isSigned ? isNumber(text) : isAmount(text));
  const typed = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const text = input.value.trim();
    input.setAttribute("aria-invalid", String(!isRight(text)));
    field.set(isRight(text) && text !== "" ? text : undefined);
  };
  return labelled(
    field,
    html`<input
        type="text"
        inputmode="decimal"
        size="6"
        autocomplete="off"
        .value=${String(field.value ?? "")}
        @input=${typed}
      />
      <span class="hint bad if-invalid">${words.badNumber}</span>`,
  );
}

/** Asks for a day. */
export function dateField(field: Field<string>): TemplateResult {
  const typed = (event: Event): void => {
    const text = (event.target as HTMLInputElement).value;
    field.set(isDate(text) ? text : undefined);
  };
  return labelled(
    field,
    html`<input
      type="date"
      min="1900-01-01"
      max="2200-12-31"
      aria-label=${field.isLabelHidden ? field.label : nothing}
      .value=${field.value ?? ""}
      @change=${typed}
    />`,
  );
}

/** Asks for any text. */
export function textField(field: Field<string>): TemplateResult {
  const typed = (event: Event): void => field.set((event.target as HTMLInputElement).value || undefined);
  return labelled(
    field,
    html`<input type="text" dir="auto" autocomplete="off" .value=${field.value ?? ""} @input=${typed} />`,
  );
}

/** Asks for any number of values. */
export function choicesField(field: Field<string[]> & { choices: readonly string[] }): TemplateResult {
  const { value = [], choices, set } = field;
  const toggle = (choice: string, isOn: boolean): void => {
    const chosen = choices.filter((other) => (other === choice ? isOn : value.includes(other)));
    set(chosen.length > 0 ? chosen : undefined);
  };
  return html`<fieldset class="field choices">
    <legend class="field-label">${field.label}</legend>
    ${choices.map(
      (choice) =>
        html`<label class="check">
          <input
            type="checkbox"
            .checked=${value.includes(choice)}
            @change=${(event: Event) => toggle(choice, (event.target as HTMLInputElement).checked)}
          />
          <bdi>${choice}</bdi>
        </label>`,
    )}
  </fieldset>`;
}

function labelled(
  { label, isLabelHidden }: { label: string; isLabelHidden?: boolean },
  input: TemplateResult,
): TemplateResult {
  if (isLabelHidden) return input;
  return html`<label class="field"><span class="field-label">${label}</span>${input}</label>`;
}
