/** AWS's model as it is kept, and an input that it allows for each operation. Nothing here knows the generated table. */
import model from '../../model/cognito-idp.json' with { type: 'json' };

export interface ModelledShape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly key?: { readonly shape: string };
  readonly value?: { readonly shape: string };
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly document?: boolean;
}

const shapes: Readonly<Record<string, ModelledShape>> = model.shapes;
interface ModelledOperation {
  readonly input: { readonly shape: string };
  readonly output?: { readonly shape: string };
}
const operations: Readonly<Record<string, ModelledOperation>> = model.operations;

export const OPERATION_NAMES = Object.keys(operations);

export function modelledShape(name: string): ModelledShape {
  const shape = shapes[name];
  if (shape === undefined) throw new Error(`The model has no shape "${name}".`);
  return shape;
}

function modelledOperation(name: string): ModelledOperation {
  const operation = operations[name];
  if (operation === undefined) throw new Error(`The model has no operation "${name}".`);
  return operation;
}

export const inputShape = (operation: string): ModelledShape =>
  modelledShape(modelledOperation(operation).input.shape);

/** Undefined if the operation answers with an empty body. */
export function outputShape(operation: string): ModelledShape | undefined {
  const { output } = modelledOperation(operation);
  return output && modelledShape(output.shape);
}

const UUID = '1f0e9d8c-7b6a-4950-8e3f-2a1b0c9d8e7f';
const ARN = 'arn:aws:iam::123456789012:role/writers';

/** Each pattern of the model, a text that it takes, and one that it refuses. The lengths of the shapes allow the first. */
export const PATTERNS: readonly (readonly [pattern: string, taken: string, refused: string])[] = [
  ['(?s).*', 'Your code:\n{####}', ''],
  [
    '(arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?)?',
    '',
    'arn:aws:iam',
  ],
  ['.*\\{####\\}.*', 'Code {####}', 'Code ####'],
  ['Level[1-4]', 'Level4', 'Level5'],
  ['[0-9]+', '123456', '١٢٣٤٥٦'],
  ['[A-Za-z0-9-_+/=.]+', 'a-_+/=.9', 'a b'],
  ['[A-Za-z0-9-_=.]+', 'eyJ.a-_=', 'a+b'],
  ['[A-Za-z0-9]+', 'JBSWY3DPEHPK3PXP', 'JBSWY3DPEHPK3PX='],
  ['[\\S]+', 'no\u00a0space', 'a space'],
  ['[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\p{Z}]+', 'Entra ID', 'Entra\tID'],
  ['[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*', 'Dear {username},\n{####}', '\u0000\u0000\u0000'],
  [
    '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{####\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*',
    'Your code is\n{####}',
    'Your code is {###}',
  ],
  [
    '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{##[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*##\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*',
    'Click {##here##}.',
    'Click {#here#}.',
  ],
  ['[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]+', '<b>Hello\t*</b>', 'Hello\u0007'],
  ['[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s]+', 'Your code', 'Your\u00a0code'],
  ['[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r ]+', 'given name', 'given\u000bname'],
  ['[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+', 'пример+𝔘', 'two words'],
  [
    '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+@[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+',
    'ann@example.com',
    'ann.example.com',
  ],
  ['[\\w+-]+', 'a+b-c', 'a b'],
  ['[\\w+=/]+', 'aGFzaA+/=', 'a-b'],
  ['[\\w+]+', 'abcdefghijklmnopqrstuvwxyz', 'a.b'],
  ['[\\w-]+_[0-9a-f-]+', `eu-west-1_${UUID}`, 'eu-west-1_XYZ'],
  ['[\\w-]+_[0-9a-zA-Z]+', 'eu-west-1_Pool12345', 'eu-west-1'],
  ['[\\w\\s+=,.@-]+', 'Web client, 2', 'Web client!'],
  ['[\\w\\s+=.@-]+', 'acme corp', 'acme, corp'],
  ['[\\w]+', 'Succeeded', 'Not yet'],
  ['[\\x21\\x23-\\x2E\\x30-\\x5B\\x5D-\\x7E]+', 'read', 'read/all'],
  ['[\\x21\\x23-\\x5B\\x5D-\\x7E]+', 'orders/read', 'orders\\read'],
  ['[^_\\p{Z}][\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}][^_\\p{Z}]+', 'Google', '_Google'],
  ['^(terms-of-use|privacy-policy)$', 'terms-of-use', 'terms-of-use-privacy-policy'],
  ['^(tkn|sso)[a-z0-9]{25}$', `tkn${'a'.repeat(25)}`, `abc${'a'.repeat(25)}`],
  ['^[0-9A-Za-z\\.\\-_]*(?<!\\.)$', 'logs.example', 'logs.'],
  ['^[0-9a-fA-F]+$', '0aF', '0g'],
  [
    '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[4][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$',
    UUID,
    UUID.replace('-4', '-5'),
  ],
  ['^[0-9a-f]{8}\\b-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-\\b[0-9a-f]{12}$', UUID, UUID.toUpperCase()],
  ['^[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+$', 'https://example.com/terms', 'two words'],
  ['^[\\w\\- ]+$', 'a resource-1', 'a.resource'],
  ['^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$', 'my-domain', 'my-domain-'],
  ['^[a-z0-9]+$', 'policy1', 'Policy1'],
  ['^[a-zA-Z0-9_-]+$', 'set_1', 'set.1'],
  [
    '^arn\\:(aws|aws-us-gov|aws-eusc)\\:secretsmanager\\:([\\d\\w\\-]+):(\\d{12})\\:secret\\/[\\w+=\\/,.@\\-]+$',
    'arn:aws:secretsmanager:eu-west-1:123456789012:secret/google',
    'arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret/google',
  ],
  [
    '^cognito:(default|dutch|english|french|spanish|german|bahasa-indonesia|italian|japanese|korean|portuguese-brazil|chinese-(simplified|traditional))$',
    'cognito:chinese-simplified',
    'cognito:klingon',
  ],
  ['^https://[!$-;=@-\\[\\]_a-z~]+$', 'https://app.example/*', 'https://app.example/?a'],
  ['^https://[^\\s]+$', 'https://idp.example/saml', 'http://idp.example/saml'],
  [
    'arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?',
    ARN,
    ARN.replace('123456789012', ''),
  ],
  [
    'arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:::[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?',
    'arn:aws:s3:::logs',
    ARN,
  ],
  ['import-[0-9a-zA-Z-]+', 'import-Ab-1', 'export-1'],
];

function sampleText({ enum: values, pattern, min = 1 }: ModelledShape): string {
  if (values) return values[0] ?? '';
  if (pattern === undefined) return 'x'.repeat(min);
  const row = PATTERNS.find(([each]) => each === pattern);
  if (row === undefined) throw new Error(`There is no sample for the pattern ${pattern}`);
  return row[1];
}

/** A value that the model allows, with all its members or with those alone that are required. */
function sample(name: string, withOptional: boolean): unknown {
  const shape = modelledShape(name);
  const nested = (of: { readonly shape: string } | undefined) => sample(of?.shape ?? '', withOptional);
  switch (shape.type) {
    case 'string':
      return sampleText(shape);
    case 'integer':
      return Math.max(shape.min ?? 1, 1);
    case 'timestamp':
      return 1_790_272_691.96;
    case 'boolean':
      return true;
    case 'blob':
      return 'iVBORw0=';
    case 'list':
      return [nested(shape.member)];
    case 'map':
      return { [String(nested(shape.key))]: nested(shape.value) };
    default:
      return sampleStructure(shape, withOptional);
  }
}

function sampleStructure({ members = {}, required = [] }: ModelledShape, withOptional: boolean) {
  const chosen = Object.entries(members).filter(([name]) => withOptional || required.includes(name));
  return Object.fromEntries(chosen.map(([name, { shape }]) => [name, sample(shape, withOptional)]));
}

/** An input with every member that the model has, and every member of these. */
export const fullInput = (operation: string): Readonly<Record<string, unknown>> =>
  sampleStructure(inputShape(operation), true);

/** An input with the required members alone. */
export const leastInput = (operation: string): Readonly<Record<string, unknown>> =>
  sampleStructure(inputShape(operation), false);
