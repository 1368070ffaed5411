import type {Cluster} from '../../cluster/cluster.js';
import {createShellTab, type ShellTab, type ShellTabPorts} from './shell-tab.js';

/** The learner's terminals, one a host: which there are, and which of them is looked at. */
export interface ShellTabs {
	readonly first: ShellTab;
	readonly current: ShellTab;
	view(): ShellsView;
	/** To the next one, or back; a host that was not looked at yet gets its login shell now. */
	turn(by: number): void;
	/** Of a host. */
	at(host: string): ShellTab;
	opened(): readonly ShellTab[];
}

export interface ShellsView {
	readonly hosts: readonly string[];
	/** The one that is looked at. */
	readonly at: number;
	/** Something runs there. */
	readonly busy: readonly boolean[];
}

export function createShellTabs(cluster: Cluster, ports: ShellTabPorts): ShellTabs {
	const hosts = cluster.hosts().map(host => host.name);
	const first = createShellTab(cluster, hosts[0]!, undefined, ports);
	const opened = new Map([[first.host, first]]);
	let current = first;
	const at = (host: string): ShellTab => {
		let tab = opened.get(host);
		if (!tab) {
			tab = createShellTab(cluster, host, first.player, ports);
			opened.set(host, tab);
		}
		return tab;
	};
	return {
		first,
		get current() {
			return current;
		},
		view: () => ({
			hosts,
			at: hosts.indexOf(current.host),
			busy: hosts.map(host => opened.get(host)?.line.busy() ?? false),
		}),
		turn(by) {
			const fresh = opened.size;
			current = at(hosts[(hosts.indexOf(current.host) + by + hosts.length) % hosts.length]!);
			if (opened.size > fresh) void current.serve();
			ports.changed();
		},
		at,
		opened: () => [...opened.values()],
	};
}
