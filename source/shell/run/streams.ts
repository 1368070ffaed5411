import type {Stream} from './stream.js';
import {nullStream} from './stream.js';

/** The open descriptors of what is being run: 0, 1, 2 and whatever `exec 3<` opened. */
export type Streams = ReadonlyMap<number, Stream>;

export const input = (streams: Streams): Stream => streams.get(0) ?? nullStream;

export const out = (streams: Streams, text: string): void => put(streams, 1, text);
export const err = (streams: Streams, text: string): void => put(streams, 2, text);

function put(streams: Streams, descriptor: number, text: string) {
	if (text !== '') streams.get(descriptor)?.write?.(text);
}

export const withStream = (streams: Streams, descriptor: number, stream: Stream): Streams => new Map(streams).set(descriptor, stream);
