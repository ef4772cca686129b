/** The values of a form's fields by their names; '' for what is not ticked. */
export type Fields = Readonly<Record<string, string>>;

/** What stands in some fields of a form: in lines, menus, and boxes and buttons that are ticked. */
export function readFields(form: HTMLFormElement, names: readonly string[]): Fields {
  return Object.fromEntries(names.map((name) => [name, read(form.elements.namedItem(name))]));
}

/** What a page gave the fields of a form, lines of text, whatever stands in them now. */
export function givenFields(form: HTMLFormElement, names: readonly string[]): Fields {
  return Object.fromEntries(
    names.map((name) => {
      const field = form.elements.namedItem(name);
      return [name, field !== null && 'defaultValue' in field ? String(field.defaultValue) : ''];
    }),
  );
}

function read(field: Element | RadioNodeList | null): string {
  if (field instanceof HTMLInputElement && field.type === 'checkbox') return field.checked ? field.value : '';
  return hasValue(field) ? field.value : '';
}

/** Puts values into the fields of a form; what it has no field for is left out. */
export function writeFields(form: HTMLFormElement, fields: Fields): void {
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement && field.type === 'checkbox') field.checked = value !== '';
    else if (hasValue(field)) field.value = value;
  }
}

function hasValue(field: Element | RadioNodeList | null): field is HTMLInputElement | RadioNodeList {
  return field !== null && 'value' in field;
}

/** Three-way for each field: what one side changed is taken; undefined where both changed one otherwise. */
export function mergeFields(began: Fields, mine: Fields, theirs: Fields): Fields | undefined {
  const merged: Record<string, string> = {};
  for (const [name, value] of Object.entries(mine)) {
    const [was = value, other = value] = [began[name], theirs[name]];
    if (value !== other && value !== was && other !== was) return undefined;
    merged[name] = value === was ? other : value;
  }
  return merged;
}

/** Whether two forms hold the same. */
export function areSame(some: Fields, others: Fields): boolean {
  return Object.entries(some).every(([name, value]) => (others[name] ?? value) === value);
}
