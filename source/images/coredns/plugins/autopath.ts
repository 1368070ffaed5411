import {fqdn, isSubdomain, zonesOf} from '../names.js';
import type {Plugin} from '../plugin.js';
import {searchPathOf} from '../kubernetes/autopath.js';

interface AutopathConfig {
	readonly zones: readonly string[];
	/** `@kubernetes`, or the path of a resolv.conf. */
	readonly source: string;
}

/** Walks the client's search list for it, and answers the first try with what it found (plugin/autopath). */
const autopath: Plugin<AutopathConfig> = {
	name: 'autopath',
	setup([directive], setup) {
		const {args, line} = directive!;
		const source = args.at(-1);
		if (!source) setup.error(line, 'no resolv-conf specified');
		const zones = args.slice(0, -1).flatMap(zonesOf);
		return {zones: zones.length > 0 ? zones : setup.zones, source: source!};
	},
	serve({zones, source}, query, server, next) {
		if (!['A', 'AAAA'].includes(query.type) || !zones.some(zone => isSubdomain(zone, query.name))) return next(query);
		const path = source === '@kubernetes' ? searchPathOf(server.reader, query.client, query.name) : resolvPath(server.readFile(source));
		const first = path?.[0];
		if (!path || first === undefined || !query.name.endsWith(`.${first}`)) return next(query);
		const base = query.name.slice(0, -first.length);
		let reply: ReturnType<typeof next> | undefined;
		for (const suffix of path) {
			const name = suffix === '' ? base : base + suffix;
			const answer = next({...query, name, originalName: name});
			reply ??= answer;
			if (answer.rcode !== 'NOERROR' || answer.answers.length === 0) continue;
			if (name === query.name) return answer;
			const ttl = answer.answers[0]!.ttl;
			return {...answer, answers: [{name: query.originalName, type: 'CNAME', ttl, data: name}, ...answer.answers]};
		}

		return reply!;
	},
};

const resolvPath = (text: string | undefined): string[] | undefined => {
	const match = /^search\s+(.*)$/m.exec(text ?? '');
	return match ? [...match[1]!.trim().split(/\s+/).map(fqdn), ''] : undefined;
};

export default autopath;
