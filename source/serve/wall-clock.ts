import {type IncomingMessage, ServerResponse} from 'node:http';
import {parseRfc3339, rfc3339} from '../api/values/time.js';

/**
 * Clients reckon ages with their own clock, and the world has one of its own: so every time that goes out is moved by what lies between
 * the two, and every time that comes in is moved back. Whole seconds, so that each keeps its length and its fraction.
 */
export interface WallClock {
	/** How far the clients' clock is ahead of the world's. */
	readonly aheadMs: number;
	/** Takes the place of Node's own response. */
	readonly response: typeof ServerResponse<IncomingMessage>;
	/** A body as it was sent in these bytes, in the world's time. */
	inward(body: unknown, bytes: Buffer): any;
}

const stamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const quotedStamp = /(?<=[^\\]")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z(?=")/g;

export function createWallClock(aheadMs: number): WallClock {
	const ahead = Math.round(aheadMs / 1000) * 1000;
	if (ahead === 0) return {aheadMs: ahead, response: ServerResponse, inward: body => body};
	const outward = (chunk: unknown): unknown => {
		if (typeof chunk !== 'string' && !Buffer.isBuffer(chunk)) return chunk;
		return chunk.toString().replace(quotedStamp, time => shift(time, ahead));
	};
	class Shifted extends ServerResponse<IncomingMessage> {
		override write(chunk: any, ...rest: any[]): boolean {
			return super.write(this.#isText() ? outward(chunk) : chunk, ...(rest as []));
		}

		override end(chunk?: any, ...rest: any[]): this {
			return super.end(this.#isText() ? outward(chunk) : chunk, ...(rest as []));
		}

		#isText(): boolean {
			return /json|yaml/.test(String(this.getHeader('content-type') ?? ''));
		}
	}
	return {aheadMs: ahead, response: Shifted, inward: (body, bytes) => (hasStamp(bytes) ? walk(body, -ahead) : body)};
}

/** Protobuf, too, holds what is no time of its own as text. */
const hasStamp = (bytes: Buffer): boolean =>
	!/^[\s{[]/.test(bytes.toString('latin1', 0, 1)) || /\d{4}-\d\d-\d\dT/.test(bytes.toString('latin1'));

function walk(value: unknown, by: number): unknown {
	if (typeof value === 'string') return stamp.test(value) ? shift(value, by) : value;
	if (Array.isArray(value)) return value.map(each => walk(each, by));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(each, by)]));
}

function shift(time: string, by: number): string {
	const seconds = parseRfc3339(`${time.slice(0, 19)}Z`);
	return seconds === undefined ? time : rfc3339(seconds + by).slice(0, 19) + time.slice(19);
}
