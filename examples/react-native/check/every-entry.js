/**
 * The entries that an application for phones may import without another package. `./redirect` needs oauth4webapi; `./verify`, `./cookies` and
 * `./file-storage` are for servers.
 */
import * as engine from 'cognito-srp-engine';
import * as flow from 'cognito-srp-engine/flow';
import * as portable from 'cognito-srp-engine/portable';
import * as session from 'cognito-srp-engine/session';
import * as srp from 'cognito-srp-engine/srp';
import * as texts from 'cognito-srp-engine/texts';
import * as english from 'cognito-srp-engine/texts/en';

const entries = { engine, flow, portable, session, srp, texts, english };
globalThis.report(
  Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, Object.keys(entry).sort()])),
);
