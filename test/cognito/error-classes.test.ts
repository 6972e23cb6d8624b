/** `instanceof` answers as an application expects it, also for a class that it derives and for values that are no errors. */
import { inspect } from 'node:util';
import { ArgumentError, ProtocolError, ServiceError } from '../../src/index.ts';

class Refused extends ServiceError {}
class Expired extends Refused {}
class Late extends ProtocolError {}
class Missing extends ArgumentError {}

const refusal = (type: typeof ServiceError) =>
  new type('THROTTLED', 'try-later', 'TooManyRequestsException', 'Slow down');

const argument = new ArgumentError('OPTION_INVALID', 'rng', 'no');
const protocol = new ProtocolError('TIMED_OUT', 'late');
const service = refusal(ServiceError);

test('each error is of its own class and of no other', () => {
  const classes = [ArgumentError, ProtocolError, ServiceError];
  const kinds = [argument, protocol, service].map((error) => classes.map((type) => error instanceof type));
  expect(kinds).toEqual([
    [true, false, false],
    [false, true, false],
    [false, false, true],
  ]);
  expect([argument instanceof TypeError, protocol instanceof Error, service instanceof Error]).toEqual([
    true,
    true,
    true,
  ]);
});

test('an error of a derived class is of that class and of those it derives from', () => {
  const expired = refusal(Expired);
  expect([expired instanceof Expired, expired instanceof Refused, expired instanceof ServiceError]).toEqual([
    true,
    true,
    true,
  ]);
  expect(expired instanceof ProtocolError).toBe(false);
  expect(new Late('TIMED_OUT', 'late') instanceof ProtocolError).toBe(true);
});

test('a derived class does not claim the errors of the class it derives from, or of another derived one', () => {
  expect([service instanceof Refused, refusal(Refused) instanceof Expired]).toEqual([false, false]);
  expect([protocol instanceof Late, argument instanceof Missing]).toEqual([false, false]);
});

test.each([
  undefined,
  null,
  'ServiceError',
  7,
  {},
  { name: 'ServiceError', code: 'THROTTLED' },
  new Error('no'),
])('%p is of none of the classes', (value: unknown) => {
  const classes = [ArgumentError, ProtocolError, ServiceError];
  expect(classes.filter((type) => value instanceof type)).toEqual([]);
});

test('what JSON holds is of none of the classes, whatever it says', () => {
  const text = '{"cognito-srp-engine.ServiceError":true,"Symbol(cognito-srp-engine.ServiceError)":true}';
  expect(JSON.parse(text) instanceof ServiceError).toBe(false);
});

test('nothing of it shows in what is logged, copied or compared', () => {
  expect(inspect(service)).not.toContain('Symbol');
  expect(Object.getOwnPropertySymbols({ ...service })).toEqual([]);
  expect(service).toEqual(refusal(ServiceError));
});
