/** Inputs with one member that is missing or of a wrong type, at any depth, by AWS's model. */
import { inputShape, type ModelledShape, modelledShape } from '../model/model-samples.ts';
import type { Input } from './world.ts';

/** An input that differs from a good one in one place. */
export interface BadInput {
  /** The place: `Schema.0.Name`. */
  readonly at: string;
  readonly input: unknown;
}

/** Puts a value in the place of another. */
type Put = (value: unknown) => unknown;

interface Place {
  readonly at: string;
  readonly shape: ModelledShape;
  readonly value: unknown;
  readonly put: Put;
}

const isRecord = (value: unknown): value is Input =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every place of an input, the whole input among them. */
function* placesOf(place: Place): Generator<Place> {
  yield place;
  const { at, shape, value, put } = place;
  if (shape.document) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield* placesOf({
        at: `${at}.${index}`,
        shape: modelledShape(shape.member?.shape ?? ''),
        value: item,
        put: (changed) => put(value.map((each: unknown, i) => (i === index ? changed : each))),
      });
    }
  } else if (isRecord(value)) {
    for (const [name, member] of Object.entries(value)) {
      yield* placesOf({
        at: at === '' ? name : `${at}.${name}`,
        shape: modelledShape((shape.members?.[name] ?? shape.value)?.shape ?? ''),
        value: member,
        put: (changed) => put({ ...value, [name]: changed }),
      });
    }
  }
}

const placesOfInput = (operation: string, input: Input) =>
  placesOf({ at: '', shape: inputShape(operation), value: input, put: (value) => value });

/** Makes a value of each JSON type that the given value does not have. */
function wrongValues(value: unknown): readonly unknown[] {
  const all = ['text', 7, true, {}, []];
  const typeOf = (json: unknown) => (Array.isArray(json) ? 'list' : typeof json);
  return all.filter((wrong) => typeOf(wrong) !== typeOf(value));
}

export function* withWrongTypes(operation: string, input: Input): Generator<BadInput> {
  for (const { at, value, put } of placesOfInput(operation, input)) {
    for (const wrong of wrongValues(value)) yield { at, input: put(wrong) };
  }
}

/** Without a member that the model requires. */
export function* withoutMembers(
  operation: string,
  input: Input,
): Generator<BadInput & { readonly member: string }> {
  for (const { at, shape, value, put } of placesOfInput(operation, input)) {
    if (!isRecord(value)) continue;
    for (const member of shape.required ?? []) {
      const { [member]: _, ...others } = value;
      yield { at: at === '' ? member : `${at}.${member}`, input: put(others), member };
    }
  }
}
