/** Takes out of a refusal's text what it repeats of the request, because a secret may have come in any field. */
import { SHAPES } from '../model/shapes.generated.ts';
import type { Service } from '../service/service.ts';
import type { Input } from './named-in-input.ts';

/** Passwords have 6 characters or more, and so do codes. Shorter texts are words of the sentence more often than not. */
const SHORTEST_SECRET = 6;

/**
 * @param text what the service says
 * @param input the input that it was said to
 * @returns the text with `…` for each text of the input that is not the name of something that exists
 */
export function withoutSecrets(text: string, input: Input, service: Service): string {
  const secrets = textsOf(input).filter(
    (each) => each.length >= SHORTEST_SECRET && each.length <= text.length && !isPublic(each, service),
  );
  // The longest first, because it may hold another one
  return [...new Set(secrets)]
    .sort((one, other) => other.length - one.length)
    .reduce((cleaned, secret) => cleaned.replaceAll(secret, '…').replaceAll(secret.toLowerCase(), '…'), text);
}

/** All texts and numbers of an input, and the names of its members. It keeps a list, so that no depth exhausts the stack. */
function textsOf(input: Input): string[] {
  const texts: string[] = [];
  const pending: unknown[] = [input];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value === 'string' || typeof value === 'number') texts.push(String(value));
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, member] of Object.entries(value)) {
      // `AuthParameters`, `SECRET_HASH`
      if (!/^[A-Z][A-Z_]*$|^[A-Z][A-Za-z]*$/.test(key)) texts.push(key);
      pending.push(member ?? '');
    }
  }
  return texts;
}

/** Whether a text is a value of AWS's model, an attribute of a schema, or the name of something that exists. */
function isPublic(text: string, { pools }: Service): boolean {
  const isValue = Object.values(SHAPES).some(
    (shape) => shape.kind === 'string' && shape.values?.includes(text),
  );
  return (
    isValue ||
    pools.has(text) ||
    [...pools.values()].some(
      ({ clients, groups, users, settings }) =>
        clients.get(text) !== undefined ||
        groups.get(text) !== undefined ||
        users.find(text) !== undefined ||
        settings.userPool.SchemaAttributes?.some(({ Name }) => Name === text),
    )
  );
}
