import type {KubeObject} from '../../api/object.js';
import {goSorted} from '../../api/values/go-sort.js';
import {parseRfc3339} from '../../api/values/time.js';
import {alignTabs, tableTabs} from '../../kinds/describe/tabwriter.js';
import {interval} from '../../kinds/describe/events.js';
import {failure} from './failure.js';
import {allNamespacesFlag, chunkFlag, printFlags} from './flags/flag.js';
import {printerFor} from './output/printer.js';
import {asTyped} from './output/typed.js';
import {kindFor} from './resource/arguments.js';
import type {Call, Verb} from './verb.js';

const lookEveryMs = 200;

const typedList = (items: readonly KubeObject[]) =>
	asTyped({kind: 'EventList', apiVersion: 'v1', metadata: {}, items} as unknown as KubeObject, 'core.v1.EventList');

const events: Verb = {
	name: 'events',
	summary: 'List events',
	group: 'Troubleshooting and Debugging Commands:',
	usage:
		'events [(-o|--output=)json|yaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file] [--for TYPE/NAME] [--watch] [--types=Normal,Warning]',
	flags: [
		...printFlags,
		...allNamespacesFlag,
		...chunkFlag,
		['for', 'string', ''],
		['no-headers', 'bool', 'false'],
		['types', 'strings', ''],
		['watch', 'bool', 'false', 'w'],
	],
	*run(call) {
		const {session, flags} = call;
		for (const type of flags.list('types'))
			if (!['normal', 'warning'].includes(type.toLowerCase())) throw failure(`valid --types are Normal or Warning`);
		const fieldSelector = fieldSelectorFor(call);
		const namespace = flags.bool('all-namespaces') ? undefined : session.namespace;
		const wanted = (event: any) =>
			flags.list('types').length === 0 || flags.list('types').some(type => type.toLowerCase() === String(event.type).toLowerCase());
		const list = () =>
			session.list<KubeObject>(session.kindNamed('events'), namespace, fieldSelector ? {fieldSelector} : {}).filter(wanted);
		const found = goSorted(list(), (a, b) => timeOf(a) < timeOf(b));
		const printer = flags.string('output') === '' ? undefined : printerFor(session, flags);
		if (found.length === 0 && !flags.bool('watch')) {
			session.err(namespace === undefined ? 'No events found.\n' : `No events found in ${namespace} namespace.\n`);
			return 0;
		}

		// Of the typed list that kubectl holds, the name printer prints nothing.
		if (flags.string('output').toLowerCase() === 'name' && !flags.bool('watch')) return 0;
		session.out(printer ? printer.print(typedList(found), {typed: true}) : table(call, found, !flags.bool('no-headers')));
		if (!flags.bool('watch')) return 0;
		const seen = new Map(found.map(event => [event.metadata.uid, event.metadata.resourceVersion]));
		for (;;) {
			yield {sleepMs: lookEveryMs};
			const fresh = list().filter(event => seen.get(event.metadata.uid) !== event.metadata.resourceVersion);
			for (const event of fresh) seen.set(event.metadata.uid, event.metadata.resourceVersion);
			session.out(
				fresh
					.map(event => (printer ? printer.print(asTyped(event, 'core.v1.Event'), {typed: true}) : table(call, [event], false)))
					.join(''),
			);
		}
	},
};

export default events;

function fieldSelectorFor({session, flags}: Call): string {
	const text = flags.string('for');
	if (text === '') return '';
	const [type, name, ...rest] = text.split('/');
	if (rest.length > 0) throw failure('arguments in resource/name form may not have more than one slash');
	if (!name) throw failure('--for must be in resource/name form');
	const kind = kindFor(session, type!);
	return `involvedObject.kind=${kind.kind},involvedObject.name=${name}`;
}

const timeOf = (event: any): number => parseRfc3339(event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? '') ?? 0;

function table({session, flags}: Call, list: readonly any[], header: boolean): string {
	const all = flags.bool('all-namespaces');
	const titles = `${all ? 'NAMESPACE\t' : ''}LAST SEEN\tTYPE\tREASON\tOBJECT\tMESSAGE\n`;
	const rows = list.map(
		event =>
			`${all ? `${event.metadata.namespace}\t` : ''}${interval(event, session.nowMs)}\t${event.type}\t${event.reason}\t${event.involvedObject.kind}/${event.involvedObject.name}\t${event.message.trim().replaceAll('\n', ' ')}\n`,
	);
	return alignTabs((header ? titles : '') + rows.join(''), tableTabs);
}
