import type {ProgramContext} from '../../../node/program/program.js';
import type {Directive} from '../config/configuration.js';
import type {NginxRequest} from '../connection/request-head.js';
import type {Location, Server, ServerTable} from '../config/server-table.js';

/** What `js_content` runs, by the name that the configuration calls it: a status, or where to go on inside. */
export type Scripts = Readonly<Record<string, (exchange: Exchange) => {readonly status: number} | {readonly internal: string}>>;

/** One request while it is answered. Nothing of it outlives the answer. */
export interface Exchange {
	readonly context: ProgramContext;
	readonly request: NginxRequest;
	readonly table: ServerTable;
	readonly server: Server;
	/** `nginx/1.27.5` */
	readonly software: string;
	readonly client: string;
	readonly port: number;
	/** It came over TLS. */
	readonly secure?: boolean;
	/** `$ssl_server_name` */
	readonly serverName?: string;
	readonly scripts: Scripts;
	/** `$uri`, decoded; changed by a rewrite. */
	uri: string;
	/** `$args` */
	args: string;
	/** A rewrite has changed the URI: the upstream gets the new one. */
	rewritten: boolean;
	/** What `set` has set, and what is drawn once for a request. */
	readonly vars: Map<string, string>;
	/** Of the last regular expression: `$1`, and by name. */
	captures: Readonly<Record<string, string | undefined>>;
	/** Internal redirects so far. */
	redirects: number;
	/** An error page is being made: another error makes no other one. */
	failing: boolean;
}

/** Where a setting is looked for: location, server, http. */
export type Levels = ReadonlyArray<readonly Directive[]>;

export const levelsOf = ({server, table}: Exchange, location?: Location): Levels => [
	location?.directives ?? [],
	server.directives,
	table.http,
];

export type Arrival = Omit<Exchange, 'uri' | 'args' | 'rewritten' | 'vars' | 'captures' | 'redirects' | 'failing'>;

export const createExchange = (arrival: Arrival): Exchange => ({
	...arrival,
	uri: arrival.request.path,
	args: arrival.request.query,
	rewritten: false,
	vars: new Map(),
	captures: {},
	redirects: 0,
	failing: false,
});
