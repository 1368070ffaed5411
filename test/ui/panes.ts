import test from 'ava';
import {openApp} from '../helpers/app.js';

const esc = '\u001b';

test.serial('the timeline tells what a line changed; undo takes it back, redo brings it again', async t => {
	const app = await openApp(t, {columns: 120, rows: 44});
	await app.type('kubectl scale deploy web --replicas=1\r');
	await app.pass(5000);
	await app.type(`${esc}9${esc}`);
	t.regex(app.screen(), /▶ +1 .*kubectl scale deploy web --replicas=1/);
	t.regex(app.screen(), /Changed by kubectl scale/);
	t.regex(app.screen(), /spec\.replicas: 3 → 1/);
	await app.type('u');
	t.regex(app.screen(), /undone: kubectl scale deploy web --replicas=1/);
	t.is(app.store.run!.view().world.api.reader.get<any>('deployments.apps', 'default', 'web').spec.replicas, 3);
	t.regex(app.screen(), /▶ +0 .*start[\s\S]*○ +1 /);
	await app.type('r');
	t.is(app.store.run!.view().world.api.reader.get<any>('deployments.apps', 'default', 'web').spec.replicas, 1);
});

test.serial('a table is filtered, sorted and explained; a row becomes a command', async t => {
	const app = await openApp(t, {columns: 80, rows: 30});
	await app.type(`${esc}3${esc}/coredns !x\r`);
	t.regex(app.screen(), /coredns-/);
	t.notRegex(app.screen(), /web-/);
	await app.type('/\u0015\r>>');
	t.regex(app.screen(), /NAME↑/);
	await app.type('s');
	t.regex(app.screen(), /NAME↓[\s\S]*web-[\s\S]*kube-schedul/);
	await app.type('?');
	t.regex(app.screen(), /One or more containers that share an address/);
	await app.type(esc);
	await app.type('\r');
	t.regex(app.screen(), /# kubectl describe pods web-/);
	t.false(app.store.get().state.inPane);
});

test.serial('every pane can be opened by name and draws itself, in both languages, in any size', async t => {
	const app = await openApp(t);
	await app.type('kubectl expose deploy web --name=extra --port=80\rcurl -s -m 2 10.96.0.1:443\r');
	const {default: panes} = await import('../../source/ui/panes/index.js');
	for (const [columns, rows, language] of [
		[80, 24, 'en'],
		[120, 40, 'zh'],
		[200, 60, 'en'],
	] as const) {
		app.store.resize(columns, rows);
		app.store.do({type: 'set', settings: {...app.store.get().state.settings, language}});
		for (const [view, pane] of panes.entries()) {
			app.store.do({type: 'view', view});
			for (const inPane of [false, true]) {
				if (app.store.get().state.inPane !== inPane) app.store.do({type: 'focus'});
				const screen = app.screen();
				t.notRegex(screen, /This part failed|此处出错/, `${pane.title} ${columns}x${rows} ${language}`);
				t.is(screen.split('\n').length, rows);
			}
		}
	}
});

test.serial('no row is wider than the screen', async t => {
	const {widthOf} = await import('../../source/ui/text/width.js');
	const app = await openApp(t, {settings: {language: 'zh'}});
	for (const [columns, rows] of [
		[80, 24],
		[101, 31],
		[200, 60],
		[320, 90],
	] as const) {
		app.store.resize(columns, rows);
		for (let view = 0; view < 12; view++) {
			app.store.do({type: 'view', view});
			for (const row of app.rows()) t.true(widthOf(row) <= columns, `${columns} ${view}: ${row}`);
		}
	}
});

test.serial('a very wide screen shows four tables, the one looked at first', async t => {
	const app = await openApp(t, {columns: 320, rows: 90});
	t.regex(app.screen(), /── Pods ─+ ── EndpointSlices ─/);
	t.regex(app.screen(), /── Services ─+ ── Events ─/);
	await app.press('\u001b7');
	t.regex(app.screen(), /── Nodes ─+ ── Services ─/);
	t.regex(app.screen(), /── Pods ─+ ── EndpointSlices ─/);
});

test.serial('a slip is noticed, gently', async t => {
	const app = await openApp(t);
	await app.type('kubectl get pod -n kubesystem\r');
	t.regex(app.screen(), /did you mean "kube-system"\?/);
	await app.type('kubeclt get pods\r');
	t.regex(app.screen(), /did you mean "kubectl"\?/);
	await app.type('kubectl get pods\r');
	t.notRegex(app.screen(), /did you mean/);
});

test.serial('Tab opens a menu, the line before is offered, a paste waits for Enter', async t => {
	const app = await openApp(t);
	await app.type('echo hello world\r');
	await app.type('echo he');
	t.regex(app.screen(), /# echo hello world$/m);
	await app.type(`${esc}[C!\u0015`);
	await app.type('kubectl get p\t');
	t.regex(app.screen(), /# kubectl get p\n[\s\S]*^pods/m);
	await app.type('\t\r');
	t.regex(app.screen(), /# kubectl get p\S+ ?$/m);
	await app.type(`\u0015${esc}[200~echo one\necho two\n${esc}[201~`);
	t.notRegex(app.screen(), /^one$/m);
	await app.type('\r');
	t.regex(app.screen(), /^one\n[\s\S]*^two$/m);
});

test.serial('hints open one at a time, and are typed, so that a session played again has them', async t => {
	const app = await openApp(t, {lab: 'cluster-tour', columns: 120, rows: 40});
	const {hints} = app.store.run!.view().lab.objectives[0]!;
	await app.type(`${esc}2`);
	await app.type(esc);
	t.regex(app.screen(), /hint\(s\): h opens the next/);
	await app.type('h');
	t.regex(app.screen(), /Hint: /);
	t.is(app.store.run!.view().hints[app.store.run!.view().lab.objectives[0]!.id], 1);
	for (let each = 0; each < hints.length; each++) await app.type('h');
	t.regex(app.screen(), /no more hints/);
});

test.serial('the last request is told hop by hop, and beside the other mode of kube-proxy', async t => {
	const app = await openApp(t, {columns: 200, rows: 60});
	await app.type('kubectl get svc web -o jsonpath={.spec.clusterIP} > /tmp/ip\r');
	// As it was sent, not as it was typed.
	await app.type('for n in 1 2; do curl -s $(cat /tmp/ip) > /dev/null; done\r');
	await app.type(`${esc}0trace\r`);
	await app.type(esc);
	await app.type('t');
	t.regex(app.screen(), /answered 200[\s\S]*KUBE-SVC-/);
	await app.type('c');
	t.regex(app.screen(), /kube-proxy in iptables mode +\| kube-proxy in ipvs mode/);
});

test.serial('the tour goes on as things are done', async t => {
	const app = await openApp(t, {tour: true, columns: 120});
	t.regex(app.screen(), /type "kubectl get nodes"/);
	await app.type('kubectl get nodes\r');
	t.regex(app.screen(), /alt-3 \(or Esc/);
	await app.type(`${esc}3`);
	t.regex(app.screen(), /Esc goes into the pane/);
	await app.type(esc);
	await app.type(esc);
	t.regex(app.screen(), /\^G: all keys/);
	await app.type(`${esc}x`);
	t.notRegex(app.screen(), /\^G: all keys/);
});

test.serial('a pane that fails says so in its place; the shell goes on', async t => {
	const app = await openApp(t, {columns: 80, rows: 24});
	const {default: panels} = await import('../../source/ui/panels/index.js');
	const nodes = panels.findIndex(panel => panel.title === 'nodes');
	const {rows} = panels[nodes]!;
	t.teardown(() => Object.assign(panels[nodes]!, {rows}));
	Object.assign(panels[nodes]!, {
		rows() {
			throw new Error('broken on purpose');
		},
	});
	await app.type(`${esc}7`);
	t.regex(app.screen(), /This part failed: broken on purpose/);
	// Its keys do nothing; the way out is open.
	await app.type(`${esc}`);
	await app.type('jjG>y?\r/');
	await app.type(esc);
	t.regex(app.screen(), /This part failed: broken on purpose/);
	await app.type(esc);
	await app.type('echo alive\r');
	t.regex(app.screen(), /^alive$/m);
});

test.serial('where there is room, the task stands beside the editor and can be scrolled from there', async t => {
	const copied: string[] = [];
	const app = await openApp(t, {columns: 120, rows: 24, copy: text => void copied.push(text)});
	await app.type('true | cat\r');
	await app.press('vi new.yml\r');
	await app.press('ihello');
	t.regex(app.screen(), /^Switch kube-proxy to IPVS +│hello$/m);
	t.regex(app.screen(), /^ ▼ shift-↓ +│-- INSERT --/m);
	t.regex(app.screen(), /shift-↓ scroll the task/);
	await app.press('\u001b[1;2B');
	t.notRegex(app.screen(), /^Switch kube-proxy/m);
	app.store.resize(100, 24);
	t.regex(app.screen(), /^hello$/m);
	t.notRegex(app.screen(), /shift-↓/);
	await app.press('\u001b[1;2C');
	t.regex(app.screen(), /^hellomode: "ipvs"$/m);
	await app.type('\u001b:q!\r');
	await app.press('\u001b1\u001b');
	for (let at = 0; at < 30 && !app.rows().some(row => /\u001b\[7m +mode: "ipvs"/.test(row)); at++) await app.press('n');
	await app.press('\r');
	t.deepEqual(copied, ['mode: "ipvs"']);
});

test.serial('whoever looks at the goals is told what decided', async t => {
	const app = await openApp(t, {lab: 'selector-typo'});
	await app.type('true\r');
	await app.pass(3000);
	await app.press('\u001br');
	await app.pass(3000);
	t.regex(
		app.screen().replaceAll(/\s+/g, ' '),
		/Service default\/shop has no ready endpoints: its selector app=shop,type=ClusterIP matches no pod/,
	);
});

test.serial('the YAML of a task is taken by a key: into a file by the prompt, a part of one into vi', async t => {
	const app = await openApp(t, {lab: 'hostport-hostnetwork'});
	await app.press(esc);
	await app.press('nnnnnn\r');
	await app.type('\r');
	await app.type('kubectl apply -f door.yml\r');
	t.regex(app.screen(), /^pod\/door created$/m);
	t.regex(app.steps()[0]!.run, /^cat > door\.yml <<'EOF'\napiVersion: v1\n[\s\S]*\nEOF$/);
	await app.press('vi door.yml\r');
	await app.press('\u001b[1;2C');
	t.regex(app.screen(), /The task has no YAML for this file/);
	await app.type(':q!\r');
	await app.press('vi net.yml\r');
	await app.press('\u001b[1;2C');
	await app.type(':wq\r');
	await app.type('kubectl apply -f net.yml\r');
	t.regex(app.screen(), /^pod\/net created$/m);
});
