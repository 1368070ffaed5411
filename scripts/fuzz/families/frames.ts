import {constants, deflateSync} from 'node:zlib';
import {decodeProtobuf} from '../../../source/serve/protobuf/decode.js';
import numbers from '../../../source/serve/protobuf/numbers.json' with {type: 'json'};
import {createSpdy} from '../../../source/serve/streams/spdy.js';
import {dictionary} from '../../../source/serve/streams/spdy-dictionary.js';
import type {Family} from '../family.js';
import type {Random} from '../../../source/sim/random.js';

const word = (value: number) => [24, 16, 8, 0].map(shift => (value >>> shift) & 0xff);
const text = (value: string) => [...word(value.length), ...Buffer.from(value)];
const headers = Object.entries({streamtype: 'data', port: '80', requestid: '0'});
const block = deflateSync(Buffer.from([...word(headers.length), ...headers.flatMap(([name, value]) => [...text(name), ...text(value)])]), {
	dictionary,
	finishFlush: constants.Z_SYNC_FLUSH,
});
const frame = (head: number, body: readonly number[]) => [...word(head), ...word(body.length), ...body];
/** A stream is opened, carries something, and ends. */
const spdy = [
	...frame(0x8003_0001, [...word(1), ...word(0), 0, 0, ...block]),
	...frame(1, [...Buffer.from('GET / HTTP/1.1\r\n\r\n')]),
	...frame(0x8003_0003, [...word(1), ...word(5)]),
	...frame(0x8003_0006, word(2)),
];
const field = (number: number, body: readonly number[]) => [(number << 3) | 2, body.length, ...body];
const said = (value: string) => [...Buffer.from(value)];
const configMap = [...field(1, field(1, said('a'))), ...field(2, [...field(1, said('k')), ...field(2, said('v'))])];
const protobuf = [0x6b, 0x38, 0x73, 0, ...field(1, [...field(1, said('v1')), ...field(2, said('ConfigMap'))]), ...field(2, configMap)];

function damage(random: Random, bytes: readonly number[]): number[] {
	const damaged = [...bytes];
	for (let changes = random.int(5); changes > 0; changes--) {
		const at = random.int(damaged.length);
		const how = random.int(4);
		if (how === 0) damaged.splice(at, 1 + random.int(4));
		else if (how === 1) damaged.splice(at, 0, ...damaged.slice(at, at + 1 + random.int(16)));
		else if (how === 2) damaged[at] = random.pick([0, 1, 0x7f, 0x80, 0xff]);
		else damaged[at] = damaged[at]! ^ (1 << random.int(8));
	}
	return damaged;
}

/** Bytes that clients of `serve` send: SPDY of port-forward, protobuf of typed clients. Whoever reads them refuses with an error of its own. */
const family: Family = {
	name: 'frames',
	open: () => ({
		draw(random) {
			const isSpdy = random.chance(1, 2);
			return `${isSpdy ? 'spdy' : 'protobuf'} ${Buffer.from(damage(random, isSpdy ? spdy : protobuf)).toString('hex')}`;
		},
		take(input) {
			const [form, hex] = input.split(' ') as [string, string];
			const bytes = Buffer.from(hex, 'hex');
			try {
				if (form === 'protobuf') decodeProtobuf(bytes, numbers);
				else {
					const ignore = () => {};
					createSpdy({send: ignore, opened: ignore, data: ignore, ended: ignore}).receive(bytes);
				}
			} catch (error) {
				// Both close the connection, or answer 400, whatever is thrown; a TypeError would still be a mistake.
				if (error instanceof TypeError || /call stack/.test((error as Error).message)) throw error;
			}
			return undefined;
		},
	}),
};
export default family;
