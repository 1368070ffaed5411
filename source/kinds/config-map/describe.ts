import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {putEvents} from '../describe/events.js';
import {putHeader} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';

export function describeConfigMap(map: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	putHeader(lines, map);
	lines.put(0, '\nData\n====\n');
	for (const key of Object.keys(map['data'] ?? {}).sort()) lines.put(0, `${key}:\n----\n${map['data'][key]}\n\n`);
	lines.put(0, '\nBinaryData\n====\n');
	for (const key of Object.keys(map['binaryData'] ?? {}).sort()) lines.put(0, `${key}: ${base64Length(map['binaryData'][key])} bytes\n`);
	lines.put(0, '\n');
	putEvents(lines, map, context);
	return lines.aligned();
}

/** Bytes that base64 text stands for. */
export const base64Length = (text: string): number => Math.floor((text.replace(/=+$/, '').length * 3) / 4);
