import type {NginxRequest} from '../../nginx/connection/request-head.js';
import type {Backend, Location} from '../configuration.js';
import type {Options} from '../options.js';
import type {NginxContext} from './memory.js';
import type {Host, Route, Routes} from './routes.js';

export type Header = readonly [name: string, value: string];

/** One try of an upstream, as the log lists it. */
export interface UpstreamTry {
	readonly address: string;
	readonly status: string;
	readonly length: string;
	readonly ms: number;
	/** After an internal redirect: the log separates it with a colon. */
	readonly afterRedirect: boolean;
}

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
	/** The text of nginx's own pages for its own statuses (495 to 497). */
	readonly note?: string;
	/** Passed on in chunks: the upstream did not tell its length. */
	readonly unsized?: boolean;
	readonly fromUpstream?: boolean;
}

/** One request while it is answered: what nginx keeps in the request and in variables. Nothing of it outlives the answer. */
export interface Exchange {
	readonly context: NginxContext;
	readonly routes: Routes;
	readonly options: Options;
	readonly request: NginxRequest;
	readonly host: Host;
	/** `$host` */
	readonly hostName: string;
	/** `$remote_addr`: what real_ip made of it. */
	readonly client: string;
	/** `$realip_remote_addr`: the address that the connection came from. */
	readonly peer: {readonly address: string; readonly port: number};
	readonly local: {readonly address: string; readonly port: number};
	readonly secure: boolean;
	readonly http2: boolean;
	/** What the client showed of itself, PEM. */
	readonly certificate?: string;
	/** The worker that accepted the connection. */
	readonly worker: number;
	/** `*17` in the error log. */
	readonly serial: number;
	readonly requestId: string;
	route?: Route;
	/** What lua chose; undefined before, and when there is none. */
	backend?: Backend;
	/** `$uri`, decoded; changed by a rewrite. */
	uri: string;
	args: string;
	rewritten: boolean;
	/** `set` variables. */
	readonly vars: Record<string, string>;
	/** Of lua's balancer, before the answer is there. */
	readonly cookies: Header[];
	/** Of headers-more: on every answer. */
	readonly added: Header[];
	/** Of add_header: only on good answers and redirects, unless `always`. */
	readonly addHeaders: Array<{readonly header: Header; readonly always: boolean}>;
	readonly tries: UpstreamTry[];
	/** Headers of an auth subrequest for the upstream. */
	readonly forUpstream: Header[];
	elapsedMs: number;
	/** An error page is being made: another error makes no other one. */
	redirected: boolean;
	remoteUser: string;
}

export const locationOf = ({route}: Exchange): Location | undefined => route?.location;

export const reply = (status: number, headers: readonly Header[] = []): Reply => ({status, headers});
