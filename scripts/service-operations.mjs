/**
 * `node scripts/service-operations.mjs MODEL`: writes vectors/service-operations.json, which has the name of every
 * operation of the service, whether it is called without AWS credentials, and the names of its input's members.
 *
 * MODEL is the path of AWS's model of the service: `service-2.json` of `cognito-idp`, as the AWS CLI and botocore bring
 * it. Run it when AWS has published another model. test/cognito/every-call.test.ts then names the operations that have
 * no function yet.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const [path] = process.argv.slice(2);
if (path === undefined) {
  console.error('Name the model: node scripts/service-operations.mjs path/to/cognito-idp/service-2.json');
  process.exit(2);
}

const { metadata, operations, shapes } = JSON.parse(readFileSync(path, 'utf8'));
const membersOf = ({ input }) => Object.keys(input ? shapes[input.shape].members : {});

/**
 * The model marks most operations that take no signature with `authtype`. It leaves the mark out of GetClientToken and
 * GetDerivedToken, although its text says that the client's id and secret stand in for AWS credentials. Their inputs
 * name a client and its secret, and no user pool.
 */
function needsNoSignature(operation) {
  const members = membersOf(operation);
  const namesClient =
    members.includes('ClientId') && members.some((member) => /^(Client)?Secret$/.test(member));
  return operation.authtype === 'none' || (namesClient && !members.includes('UserPoolId'));
}

const names = Object.keys(operations);
const line = (value) => JSON.stringify(value).replaceAll(',', ', ');
const members = names.map((name) => `    ${line(name)}: ${line(membersOf(operations[name]))}`);
const unsigned = names.filter((name) => needsNoSignature(operations[name]));
const source = `The model of ${metadata.serviceFullName} that AWS publishes, version ${metadata.apiVersion}, with ${names.length} operations. Made by scripts/service-operations.mjs.`;
const file = resolve(import.meta.dirname, '../vectors/service-operations.json');
writeFileSync(
  file,
  `{
  "source": ${JSON.stringify(source)},
  "unsigned": [
${unsigned.map((name) => `    ${line(name)}`).join(',\n')}
  ],
  "members": {
${members.join(',\n')}
  }
}
`,
);
console.log(`${file}: ${names.length} operations, ${unsigned.length} of them without a signature`);
