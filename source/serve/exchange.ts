import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Cluster} from '../cluster/cluster.js';
import type {ApiResponse} from '../api/server.js';
import type {Time} from '../shell/run/time.js';
import type {Users} from './users.js';
import type {WallClock} from './wall-clock.js';
import type {User} from '../api/user.js';

/** What every request is answered from. */
export interface Serving {
	readonly cluster: Cluster;
	readonly users: Users;
	/** Virtual time, moved by whoever started the server. */
	readonly time: Time;
	readonly wallClock: WallClock;
	/** `127.0.0.1:6443` */
	readonly address: () => string;
	/** Runs something once, so much virtual time later, unless it is called off. */
	after(ms: number, run: () => void): () => void;
	/** Requests that stay open, to be ended when the server closes. */
	readonly open: Set<() => void>;
}

/** One request, authenticated. */
export interface Exchange {
	readonly serving: Serving;
	readonly message: IncomingMessage;
	readonly response: ServerResponse;
	readonly path: string;
	readonly query: URLSearchParams;
	readonly user: User;
}

export const isRefused = (answer: ApiResponse): boolean => answer.code >= 400;
