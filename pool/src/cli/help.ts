/** What --help writes. */
import { DEFAULT_PASSWORD } from './default-pool.ts';
import { formatFlagHelp } from './flags.ts';

export const HELP = `Usage: cognito-local-pool [FLAGS]

Serves local user pools on 127.0.0.1 for development and tests, until Ctrl-C (SIGINT) or SIGTERM. They are not
for production: they take every signature of AWS, and show their users and codes to everybody on this machine.
Without --data they keep everything in memory. With --data they also keep it in a folder, which the next start
reads. For a pool that is in the folder, the seed is ignored.

${formatFlagHelp()}

Without --seed, it has the user pool us-east-1_LocalPool, the app client web with every flow, and the user
alice (or alice@example.com) with the password ${DEFAULT_PASSWORD}.

With --json, the first line on stdout is {"endpoint":…,"userPoolId":…,"clientIds":[…],"pools":[…]}. It is
written once the pool answers. The ids are those of the first pool, and "pools" lists the ids of all.

A seed file is a JSON object with the options of createUserPool, except those that are functions:
  {
    "userPoolId": "us-east-1_LocalPool",
    "clients": [{ "clientId": "web" }, { "clientId": "server", "clientSecret": "…" }],
    "users": [{ "username": "alice", "password": "…", "attributes": { "email": "alice@example.com" },
                "aliases": ["alice@example.com"], "status": "CONFIRMED", "mfa": { "email": true } }],
    "mfa": "OPTIONAL", "requiredAttributes": ["given_name"], "passwordPolicy": { "minimumLength": 12 },
    "faults": [{ "name": "throttle", "operation": "InitiateAuth", "nth": 2 }]
  }
With several pools it is { "pools": [{ … }, { … }], "faults": [ … ] }.

The triggers file exports Lambda handlers, which run with every pool of the seed:
  export const PreSignUp = async (event) => { event.response.autoConfirmUser = true; return event; };
The functions whose ARNs stand in LambdaConfig run at --lambda-endpoint: SAM local, LocalStack or another
Lambda API.

The pool sends no SMS and no e-mail. GET /_/outbox on its endpoint lists the codes, the newest last, and so
does the log. POST /_/tokens {"username":"alice"} answers with tokens without a sign-in. POST /_/reset goes
back to the seed. All three are for this machine, or for others under a host name of --allow-host.
GET /health answers as long as the pool does.

Exit codes:
   0  the pool was stopped
   2  the command was called wrongly, or the seed file, the triggers file, the data folder, the host or
      the port cannot be used
  70  standard output or the data folder could not be written, or the program has a fault
`;
