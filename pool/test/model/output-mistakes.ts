/** Finds what an output has that AWS's model does not allow, or that stands in another order than the service writes: for tests that look at what the pool answers. */
import { type ModelledShape, modelledShape, outputShape } from './model-samples.ts';

/**
 * The places where an output differs from the model, such as `UserPool.Status: is null`.
 *
 * @param output the parsed body, or undefined if it was empty
 */
export function outputMistakes(operation: string, output: unknown): readonly string[] {
  const shape = outputShape(operation);
  if (shape !== undefined) return mistakesOf(shape, output, '');
  return output === undefined ? [] : ['the body: is not empty'];
}

const isRecord = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

function mistakesOf(shape: ModelledShape, json: unknown, path: string): readonly string[] {
  const place = path === '' ? 'the body' : path;
  if (json === null || json === undefined) return [`${place}: is ${json}`];
  const wrongType = [`${place}: is not a ${shape.type}`];
  const nested = (of: { readonly shape: string } | undefined, value: unknown, at: string) =>
    mistakesOf(modelledShape(of?.shape ?? ''), value, at);
  switch (shape.type) {
    case 'string':
      return typeof json === 'string' ? mistakesOfText(shape, json, place) : wrongType;
    case 'blob':
      return typeof json === 'string' ? [] : wrongType;
    case 'boolean':
      return typeof json === 'boolean' ? [] : wrongType;
    case 'integer':
    case 'long':
      return Number.isSafeInteger(json) ? [] : wrongType;
    case 'timestamp':
      // Seconds with up to 3 decimals, and not milliseconds
      return typeof json === 'number' && json < 1e11 && /^\d+(?:\.\d{1,3})?$/.test(`${json}`)
        ? []
        : wrongType;
    case 'list':
      if (!Array.isArray(json)) return wrongType;
      return json.flatMap((item: unknown, index) => nested(shape.member, item, `${path}[${index}]`));
    case 'map':
      if (!isRecord(json)) return wrongType;
      return Object.entries(json).flatMap(([key, value]) => nested(shape.value, value, `${path}.${key}`));
    default:
      if (!isRecord(json)) return wrongType;
      return shape.document ? [] : mistakesOfStructure(shape, json, path);
  }
}

function mistakesOfText({ enum: values }: ModelledShape, text: string, place: string) {
  return values === undefined || values.includes(text) ? [] : [`${place}: "${text}" is not in the enum`];
}

function mistakesOfStructure(
  { members = {}, required = [] }: ModelledShape,
  json: Readonly<Record<string, unknown>>,
  path: string,
): readonly string[] {
  const at = (name: string) => (path === '' ? name : `${path}.${name}`);
  const missing = required.filter((name) => !(name in json)).map((name) => `${at(name)}: is missing`);
  const present = Object.entries(json).flatMap(([name, value]) => {
    const member = members[name];
    return member === undefined
      ? [`${at(name)}: is not in the model`]
      : mistakesOf(modelledShape(member.shape), value, at(name));
  });
  const names = Object.keys(json);
  // Captured: the members of every structure come in the order of the alphabet
  const isOrdered = names.every((name, i) => i === 0 || (names[i - 1] ?? '') < name);
  const order = isOrdered ? [] : [`${path === '' ? 'the body' : path}: is not in the order of the alphabet`];
  return [...missing, ...present, ...order];
}
