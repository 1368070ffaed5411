import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {putEvents} from '../describe/events.js';
import {putHeader} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';

export function describeServiceAccount(account: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	const {namespace, name, uid} = account.metadata;
	const secrets = context.reader.list('secrets', {...(namespace && {namespace})});
	const tokens = secrets.filter(
		one =>
			one['type'] === 'kubernetes.io/service-account-token' &&
			one.metadata.annotations?.['kubernetes.io/service-account.name'] === name &&
			(one.metadata.annotations?.['kubernetes.io/service-account.uid'] ?? uid) === uid,
	);
	const known = new Set(secrets.map(one => one.metadata.name));
	putHeader(lines, account);
	const rows: Array<[string, string[]]> = [
		['Image pull secrets', (account['imagePullSecrets'] ?? []).map((one: {name?: string}) => one.name ?? '')],
		['Mountable secrets', (account['secrets'] ?? []).map((one: {name?: string}) => one.name ?? '')],
		['Tokens', tokens.map(one => one.metadata.name)],
	];
	for (const [title, names] of rows) {
		lines.put(0, `${title}:\t`);
		if (names.length === 0) lines.put(0, '<none>\n');
		names.forEach((one, at) => {
			lines.put(0, `${at > 0 ? '\t' : ''}${one}${known.has(one) ? '' : ' (not found)'}\n`);
		});
	}

	putEvents(lines, account, context);
	return lines.aligned();
}
