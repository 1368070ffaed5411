import type {ServiceAnswer} from '../../../net/socket.js';
import type {CertificateFacts} from '../../../tls/facts.js';
import type {ProgramContext} from '../../../node/program/program.js';
import {type Block, type Levels, setting} from '../config/levels.js';
import type {Location, Server, ServerTable} from '../config/server-table.js';
import type {NginxRequest} from '../connection/request-head.js';
import type {NginxMemory} from '../memory.js';

export type Header = readonly [name: string, value: string];

/** What is to be sent. Without a body, nginx makes the page of the status itself. */
export interface Reply {
	readonly status: number;
	/** Of an upstream's status line. */
	readonly reason?: string;
	/** `Content-Type` and `Content-Length` are written by themselves. */
	readonly headers: readonly Header[];
	readonly type?: string;
	/** Bytes. */
	readonly body?: string;
	/** Of a file. */
	readonly modified?: string;
	/** nginx's own statuses 494 to 497, which are shown as 400 with a text of their own. */
	readonly cause?: {readonly code: number; readonly note: string};
	/** Passed on in chunks: the upstream did not tell its length. */
	readonly unsized?: boolean;
	readonly fromUpstream?: boolean;
	/** proxy_redirect has changed its Location: nginx treats it as one of its own. */
	readonly relocated?: boolean;
}

export const reply = (status: number, headers: readonly Header[] = []): Reply => ({status, headers});

/** nginx's own statuses: a client sees them as 400. */
export const ownErrors: Readonly<Record<number, string>> = {
	494: 'Request Header Or Cookie Too Large',
	495: 'The SSL certificate error',
	496: 'No required SSL certificate was sent',
	497: 'The plain HTTP request was sent to HTTPS port',
};

export const ownError = (code: number): Reply => ({status: 400, headers: [], cause: {code, note: ownErrors[code] ?? ''}});

/** An answer, or a URI or named location to go on with; `args`: when they do not stand in it. */
export type Found = Reply | {readonly internal: string; readonly args?: string};

/** One try of an upstream, as the log lists it. */
export interface UpstreamTry {
	readonly address: string;
	readonly status: string;
	readonly length: string;
	readonly ms: number;
	/** After an internal redirect: the log separates it with a colon. */
	readonly afterRedirect: boolean;
}

export interface Place {
	readonly address: string;
	readonly port: number;
}

/** A function of lua: its argument as it is written; an answer ends the request. */
export type LuaFunction = (exchange: Exchange, argument: string) => Reply | undefined;

/** What an image adds to nginx: functions of njs and lua that its configuration names. */
export interface Modules {
	/** What `js_content` runs. */
	readonly scripts?: Readonly<Record<string, (exchange: Exchange) => Found>>;
	/** What `*_by_lua_block` calls: `balancer.rewrite`. */
	readonly lua?: Readonly<Record<string, LuaFunction>>;
	/** balancer_by_lua: where the next try goes. */
	balance?(exchange: Exchange): string | undefined;
	/** ssl_certificate_by_lua: by the name of the handshake; undefined is that of `ssl_certificate`. */
	certificate?(context: ProgramContext, serverName: string): CertificateFacts | undefined;
}

/** A running nginx, as a request sees it. */
export interface Nginx {
	readonly context: ProgramContext;
	readonly table: ServerTable;
	/** `nginx/1.27.5` */
	readonly software: string;
	readonly modules: Modules;
	/** Of the worker that has this connection. */
	readonly workerPid: number;
	memory(): NginxMemory;
	/** Reads, changes and writes at once: nginx may be asked while it answers, since it may be an upstream of its own. */
	remember(change: (memory: NginxMemory) => Partial<NginxMemory>): void;
	/** A server that listens on a socket of the file system answers. */
	answerOn(server: Server, bytes: string): ServiceAnswer;
}

/** One request while it is answered: what nginx keeps in the request and in variables. Nothing of it outlives the answer. */
export interface Exchange {
	readonly nginx: Nginx;
	readonly context: ProgramContext;
	readonly request: NginxRequest;
	readonly server: Server;
	/** The address that the connection came from: `$realip_remote_addr`. */
	readonly peer: Place;
	readonly local: Place;
	/** It came over TLS. */
	readonly secure: boolean;
	readonly http2: boolean;
	/** `$ssl_server_name` */
	readonly serverName?: string;
	/** What the client showed of itself, PEM. */
	readonly certificate?: string;
	/** `*17` in the error log. */
	readonly serial: number;
	/** How many requests of its connection came before it, and whether it came together with one of them. */
	readonly before: number;
	readonly pipelined: boolean;
	/** Of a subrequest: its URI. Variables are those of the main request. */
	readonly subrequest?: string;
	/** Asks this nginx itself, as auth_request and mirror do. */
	ask(uri: string): {readonly reply: Reply; readonly exchange: Exchange};
	/** `$remote_addr`: what real_ip made of it. */
	client: string;
	/** An error page is fetched with GET. */
	method: string;
	/** `$uri`, decoded; changed by a rewrite. */
	uri: string;
	/** `$args` */
	args: string;
	/** A rewrite has changed the URI: the upstream gets the new one. */
	rewritten: boolean;
	/** A rewrite with `break` has changed it: the URI of `proxy_pass` counts for nothing. */
	broken: boolean;
	location: Location | undefined;
	/** Directives of the location and of the `if` in it that held: what is not inherited from around them. */
	own: readonly Block[];
	/** `own`, and all around. */
	levels: Levels;
	/** What `set` has set, and what is drawn once for a request. */
	readonly vars: Map<string, string>;
	/** `ngx.ctx`: what lua remembers of a request until it goes to another location. */
	readonly lua: Map<string, unknown>;
	/** Of the last regular expression: `$1`, and by name. */
	captures: Readonly<Record<string, string | undefined>>;
	/** Internal redirects so far. */
	redirects: number;
	/** An error page is being made: another error makes no other one. */
	failing: boolean;
	/** What the answer's status becomes, whatever the page says (`err_status`); 0 leaves it to the page. */
	errorStatus: number;
	readonly tries: UpstreamTry[];
	/** Of the last answer of an upstream: `$upstream_http_...`. */
	upstreamHeaders: readonly Header[];
	/** Of lua's header filter: they replace what has the same name. */
	readonly headers: Header[];
	/** Of lua's balancer: for every answer that is not a text of nginx's own. */
	readonly cookies: Header[];
	elapsedMs: number;
	remoteUser: string;
}

/** Goes to a location: its settings count from now on, and those of an `if` are to be found anew. */
export function enter(exchange: Exchange, location: Location | undefined): void {
	exchange.location = location;
	exchange.own = location ? [location.directives] : [];
	exchange.levels = location?.levels ?? exchange.server.levels;
	const limit = location && setting('limit_except', [location.directives]);
	if (limit && !isExcepted(limit.args, exchange.method)) enterIf(exchange, limit.block ?? []);
}

/** `limit_except GET`: who allows GET allows HEAD. All other methods find a location in its place, without its rewrites. */
const isExcepted = (methods: readonly string[], method: string): boolean =>
	methods.some(each => each.toUpperCase() === method || (each.toUpperCase() === 'GET' && method === 'HEAD'));

/** An `if` that holds is a location of its own, which inherits all of the one it stands in. */
export function enterIf(exchange: Exchange, block: Block): void {
	exchange.own = [block, ...exchange.own];
	exchange.levels = [block, ...exchange.levels];
}
