import type {KubeObject} from '../../api/object.js';
import {reasonIn} from '../../lab/reasons-zh.js';
import {linesPane, lineOf, type PaneLine} from './lines-pane.js';
import type {Span} from '../text/markdown.js';
import type {PaneContext} from './pane.js';
import {stateLook} from '../text/theme.js';
import {shorten} from '../text/width.js';
import {say} from '../words/words.js';

/** Who stands where: the way of the last request, each node with its pods, each Service with what answers for it. */
const map = linesPane({
	title: 'map',
	scrolls: true,
	count: () => 0,
	depends: context => [
		context.run.stamp,
		context.run.trace,
		context.run.lastRequest,
		context.state,
		context.focused,
		context.settings.language,
		context.settings.theme,
	],
	keys: [
		{keys: ['t'], word: 'keyTrace', deed: () => ({does: 'ask', what: 'trace'})},
		{keys: ['?'], word: 'keyExplain', deed: () => ({does: 'explain', text: 'Pod\nNode\nService\nClusterIP\nEndpoints'})},
	],
	lines: context => [...wayLines(context), ...serviceLines(context), ...nodeLines(context)],
});
export default map;

const systemNamespaces = /^(kube-|calico|metallb-system|ingress-nginx|local-path)/;
const isOwn = ({metadata}: KubeObject) => !systemNamespaces.test(metadata.namespace ?? '');

/** `k8s-master ──▶ 10.96.4.7:80 ──▶ 10.244.1.5:80 (pod default/web-1) ──▶ answered` */
function wayLines({run, settings, columns}: PaneContext): PaneLine[] {
	const title = lineOf(` ${say(settings.language, 'lastWay')}`, 'heading');
	const {trace} = run;
	if (!trace) {
		const known = run.lastRequest ? say(settings.language, 'oneWay', {what: run.lastRequest}) : say(settings.language, 'noWay');
		return [title, lineOf(shorten(`   ${known}`, columns - 1), 'dim')];
	}
	if (typeof trace === 'string') return [title, lineOf(`   ${trace}`, 'dim')];
	const stops: string[] = [];
	const stop = (text: string) => {
		if (stops.at(-1) !== text) stops.push(text);
	};
	for (const {source, destination, from, hops} of trace.conversations.slice(-1)) {
		stop(`${from} ${source}`);
		stop(destination);
		for (const {where, after, before, hook} of hops) {
			if (after && after.destination !== before.destination) stop(after.destination);
			if (hook === 'SOCKET') stop(where);
		}
	}
	const answered = trace.verdict.kind === 'answered';
	return [
		title,
		lineOf(shorten(`   ${trace.request}`, columns - 1), 'strong'),
		...stops.map((text, index) => lineOf(shorten(`   ${'  '.repeat(index)}${index > 0 ? '└▶ ' : ''}${text}`, columns - 1), 'plain')),
		lineOf(
			shorten(`   ${answered ? '✓' : '✗'} ${reasonIn(settings.language, trace.verdict.sentence)}`, columns - 1),
			answered ? 'good' : 'bad',
		),
	];
}

function serviceLines({run, settings, columns}: PaneContext): PaneLine[] {
	const {reader} = run.world.api;
	const slices = reader.list('endpointslices.discovery.k8s.io');
	const own = reader.list('services').filter(isOwn);
	return [
		lineOf(` ${say(settings.language, 'services')}`, 'heading'),
		...own.flatMap(service => {
			const {type, clusterIP, ports = []} = service['spec'];
			const {name, namespace} = service.metadata;
			const ends = slices
				.filter(slice => slice.metadata.namespace === namespace && slice.metadata.labels?.['kubernetes.io/service-name'] === name)
				.flatMap(slice => (slice['endpoints'] ?? []) as any[]);
			const where = `${clusterIP ?? ''}${ports[0] ? `:${ports[0].port}` : ''}`;
			return [
				lineOf(shorten(`   ◆ ${namespace}/${name}  ${type}  ${where}`, columns - 1), 'strong'),
				...ends.map(({addresses, conditions, nodeName, targetRef}, index) =>
					lineOf(
						shorten(
							`     ${index === ends.length - 1 ? '└─' : '├─'} ${conditions?.ready === false ? '✗' : '●'} ${addresses[0]}  ${targetRef?.name ?? ''}  ${nodeName ?? ''}`,
							columns - 1,
						),
						conditions?.ready === false ? 'bad' : 'good',
					),
				),
				...(ends.length === 0 && clusterIP ? [lineOf(`     └─ ${say(settings.language, 'noEndpoints')}`, 'bad')] : []),
			];
		}),
	];
}

function nodeLines({run, settings, columns}: PaneContext): PaneLine[] {
	const {reader} = run.world.api;
	const pods = reader.list('pods');
	return [
		lineOf(` ${say(settings.language, 'nodes')}`, 'heading'),
		...reader.list('nodes').flatMap(node => {
			const here = pods.filter(pod => pod['spec']?.nodeName === node.metadata.name);
			const own = here.filter(isOwn);
			const ready = node['status']?.conditions?.find((each: any) => each.type === 'Ready')?.status === 'True';
			const address = node['status']?.addresses?.find((each: any) => each.type === 'InternalIP')?.address ?? '';
			return [
				lineOf(shorten(`   ■ ${node.metadata.name}  ${address}  ${ready ? 'Ready' : 'NotReady'}`, columns - 1), ready ? 'strong' : 'bad'),
				...own.map(pod => podLine(pod, columns)),
				lineOf(`     ${say(settings.language, 'systemPods', {n: here.length - own.length})}`, 'dim'),
			];
		}),
	];
}

function podLine(pod: KubeObject, columns: number): PaneLine {
	const {phase = 'Pending', podIP = ''} = pod['status'] ?? {};
	const waiting = pod['status']?.containerStatuses?.find((each: any) => each.state?.waiting)?.state.waiting.reason;
	const word = pod.metadata.deletionTimestamp ? 'Terminating' : (waiting ?? phase);
	const head = `     ● ${pod.metadata.name}  ${podIP}  `;
	const spans: Span[] = [
		{text: shorten(head, columns - 1 - word.length), look: 'plain'},
		{text: word, look: stateLook(word)},
	];
	return {spans};
}
