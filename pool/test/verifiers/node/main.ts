/** Runs the cases for one of the verifiers for Node: `main.mjs NAME FILE`. What FILE has is described in ../README.md. */
import { readFileSync } from 'node:fs';
import * as awsJwtVerify from './aws-jwt-verify.ts';
import * as engine from './engine.ts';
import * as jose from './jose.ts';
import * as jsonwebtoken from './jsonwebtoken.ts';

interface Input {
  readonly endpoint: string;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly cases: readonly { readonly name: string; readonly use: 'access' | 'id'; readonly token: string }[];
}

const LIBRARIES = {
  'cognito-srp-engine/verify': engine,
  'aws-jwt-verify': awsJwtVerify,
  jose,
  'jwks-rsa and jsonwebtoken': jsonwebtoken,
};

const [, , name = '', file = ''] = process.argv;
// The script that runs this takes the name from the same list
const { createVerifier } = LIBRARIES[name as keyof typeof LIBRARIES];
const { endpoint, userPoolId, clientId, cases } = JSON.parse(readFileSync(file, 'utf8')) as Input;
const verifier = createVerifier(endpoint, userPoolId, clientId);
for (const { name, use, token } of cases) {
  try {
    const { sub } = await verifier.verify(token, use);
    console.log(JSON.stringify({ name, sub }));
  } catch (error) {
    console.log(JSON.stringify({ name, refused: String(error) }));
  }
}
