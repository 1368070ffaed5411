import test from 'ava';
import {conceptsIn, glossary} from '../../source/ui/glossary/index.js';
import {renderMarkdown} from '../../source/ui/text/markdown.js';
import {itemsIn, missingFrom, typedFor} from '../../source/ui/text/task-items.js';
import panels from '../../source/ui/panels/index.js';
import {append, cut, emptyScrollback, endPage, leaveAlternate, visibleRows} from '../../source/ui/terminal/scrollback.js';
import {fitTable} from '../../source/ui/table/fit.js';
import {tour} from '../../source/ui/app/tour.js';
import {padTo, shorten, widthOf, wrap} from '../../source/ui/text/width.js';
import {say} from '../../source/ui/words/words.js';

test('widths count columns, not characters', t => {
	t.is(widthOf('虚拟机 ok'), 9);
	t.is(shorten('虚拟服务器', 6), '虚拟…');
	t.is(shorten('short', 5), 'short');
	t.is(padTo('服务', 6), '服务  ');
});

test('text wraps at spaces, Chinese between characters, a long word at the edge', t => {
	t.deepEqual(wrap('the quick brown fox', 10), ['the quick', 'brown fox']);
	t.deepEqual(wrap('虚拟服务器在这里', 7), ['虚拟服', '务器在', '这里']);
	t.deepEqual(wrap('abcdefghijkl', 5), ['abcde', 'fghij', 'kl']);
});

test('a task text becomes styled lines', t => {
	const lines = renderMarkdown('# Title\n\nUse `kubectl` **now**.\n\n* one\n* two\n\n```\nkubectl get pods\n```\n', 30);
	t.deepEqual(
		lines.map(line => line.map(span => span.text).join('')),
		['Title', '', 'Use kubectl now.', '', '• one', '• two', '', '  kubectl get pods'],
	);
	t.deepEqual(
		lines[2]!.map(span => span.look),
		['plain', 'code', 'plain', 'strong', 'plain'],
	);
});

test('the commands of a text are what stands in plain fences', t => {
	const commandsIn = (source: string) => itemsIn(source).flatMap(({kind, text}) => (kind === 'command' ? [text] : []));
	t.deepEqual(commandsIn('```\na\nb\n```\n\n```yaml\nc: d\n```\n\n```text\ne\n```\n'), ['a', 'b']);
	for (const whole of [
		'cat > a.yaml <<EOF\nkind: Pod\n  name: "it\'s\nEOF',
		"cat <<'A' <<-B\n$x\nA\ntwo\n\tB",
		'for i in 1 2\ndo\n  if true; then echo "done"; fi\ndone | sort',
		'while read a; do\n  echo $a; done < f',
		"awk '{print\n  $1}' f",
		'kubectl run a \\\n  --image b',
		'f() {\n  date\n}',
		'cat <<< word',
		"kubectl get pod -o jsonpath='{range .items[*]}{.metadata.name}{end}'",
	])
		t.deepEqual(commandsIn(`\`\`\`\nfirst\n${whole}\n\n# said\nlast\n\`\`\`\n`), ['first', whole, 'last']);
	t.deepEqual(commandsIn('```\ncat <<EOF\nnever ends\n```\n'), ['cat <<EOF', 'never ends']);
});

test('a file of a text is written by a here-document, under the name that is edited beside it', t => {
	const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  labels: {a: b}\n  name: door';
	const fence = (text: string) => `\`\`\`yaml\n${text}\n\`\`\`\n\n`;
	const commands = (text: string) => `\`\`\`\n${text}\n\`\`\`\n\n`;
	const files = (source: string) => itemsIn(source).filter(({kind}) => kind !== 'command');
	const heading = '## Two\n\n';
	const rows: ReadonlyArray<readonly [source: string, path: string | undefined]> = [
		[fence(pod) + commands('vim after.yml\nkubectl apply -f after.yml'), 'after.yml'],
		[commands('vim /etc/before.yaml\nexit') + fence(pod) + commands('kubectl get pods'), '/etc/before.yaml'],
		[commands('vim old.yml') + heading + fence(pod) + heading + commands('vim next.yml'), undefined],
		[commands('kubectl edit deployment web') + fence('spec: {}'), undefined],
	];
	for (const [source, path] of rows) t.is(files(source)[0]!.path, path, source);
	t.is(typedFor(files(rows[0]![0])[0]!), `cat > after.yml <<'EOF'\n${pod}\nEOF`);
	t.regex(typedFor(files(rows[2]![0])[0]!), /^cat > door\.yml /);

	const lesson = itemsIn(rows[0]![0] + heading + fence('spec: {}') + commands('vim after.yml') + heading + rows[3]![0]);
	const textOf = (path: string, text: string) => lesson[missingFrom(lesson, {path, text})]?.text;
	t.is(textOf('/root/after.yml', ''), pod);
	t.is(textOf('/root/after.yml', `${pod}\n`), 'spec: {}');
	t.is(textOf('/root/after.yml', `${pod}\nspec: {}\n`), undefined);
	t.is(textOf('/tmp/kubectl-edit-1.yaml', pod), 'spec: {}');
});

test('a carriage return overwrites, clearing starts a new page, unknown sequences vanish', t => {
	const shown = (...texts: string[]) => texts.reduce(append, emptyScrollback);
	t.is(shown('10%\r20%').open, '20%');
	t.deepEqual(shown('one\ntwo\n').lines, ['one', 'two']);
	t.deepEqual(shown('one\r\n').lines, ['one']);
	t.is(shown('\u001b[?25la\u001b[6nb').open, 'ab');
	const page = shown('old\n', '\u001b[H\u001b[2Jnew\n');
	t.deepEqual(visibleRows(page, page.open, 20, 5, 0), ['new', '']);
	t.deepEqual(visibleRows(page, page.open, 20, 5, 5).slice(0, 2), ['old', 'new']);
});

test('a page that is drawn again and again (watch) does not grow', t => {
	let screen = emptyScrollback;
	for (let round = 0; round < 50; round++) screen = append(screen, `\u001b[H\u001b[Jround ${round}\nline\n`);
	t.deepEqual(visibleRows(screen, screen.open, 20, 5, 0), ['round 49', 'line', '']);
	t.true(screen.lines.length <= 3);
});

test('what was drawn on the alternate screen goes with it, also when its command is stopped', t => {
	const shown = (...texts: string[]) => texts.reduce(append, emptyScrollback);
	const during = shown('$ watch\n\u001b[?1049h\u001b[H\u001b[2Jfirst\nline', '\u001b[H\u001b[2Jsecond');
	t.deepEqual(visibleRows(during, during.open, 20, 5, 5), ['second']);
	const after = append(during, '\u001b[?1049l^C\n$ ');
	t.deepEqual([after.lines, after.open], [['$ watch', '^C'], '$ ']);
	t.deepEqual(endPage(during).lines, ['$ watch']);
	t.deepEqual(append(leaveAlternate(during), '\u001b[?1049l').lines, ['$ watch']);
});

test('lines are cut at the edge as a terminal does, colours cost nothing', t => {
	t.deepEqual(cut('abcdef', 4), ['abcd', 'ef']);
	t.deepEqual(cut('\u001b[31mabcd\u001b[0m', 4), ['\u001b[31mabcd\u001b[0m']);
	t.deepEqual(cut('a\tb', 20), ['a       b']);
});

test('a table that is too wide cuts long names a little, then loses its least important columns, then cuts more', t => {
	const columns = [
		{name: 'NAME', drop: 0, shrink: 'name'},
		{name: 'AGE', drop: 2},
		{name: 'NODE', drop: 3},
		{name: 'IP', drop: 1},
	] as const;
	const rows = [['coredns-674b8bbfcf-9x7zq', '10s', 'n1', '10.244.1.2']];
	const fitted = (width: number) => fitTable(columns, rows, width);
	t.deepEqual(fitted(80).columns, ['NAME', 'AGE', 'NODE', 'IP']);
	t.deepEqual([fitted(50).columns, fitted(50).rows[0]![0]], [['NAME', 'AGE', 'NODE', 'IP'], 'coredns-674b8…-9x7zq']);
	t.deepEqual(fitted(45).columns, ['NAME', 'AGE', 'IP']);
	t.deepEqual(fitted(30).columns, ['NAME', 'AGE']);
	t.deepEqual(fitted(18), {columns: ['NAME'], kept: [0], widths: [14], rows: [['coredns…-9x7zq']]});
	t.deepEqual(
		fitTable([{name: 'AGE', drop: 0, quiet: true}], [['9s']], 80).widths,
		fitTable([{name: 'AGE', drop: 0, quiet: true}], [['9m59s']], 80).widths,
	);
});

test('what the tour says fits into 80 columns, in both languages', t => {
	for (const {word} of tour) for (const language of ['en', 'zh'] as const) t.true(widthOf(say(language, word)) <= 78, say(language, word));
});

test('every table has something to explain, and so has whatever kubectl complains about', t => {
	for (const {title, columns} of panels) t.true(conceptsIn([title, ...columns.map(({name}) => name)].join('\n')).length > 0, title);
	for (const [said, id] of [
		['Error from server (NotFound): pods "web" not found', 'NotFound'],
		['The Service "web" is invalid: spec.ports[0].port: Invalid value: 0', 'invalid'],
		[
			'error: resource mapping not found for name: "x" namespace: "" from "STDIN": no matches for kind "Foo" in version "v1"',
			'unknown kind',
		],
		['error: the path "nope.yaml" does not exist', 'No such file'],
		['curl: (7) Failed to connect to 10.96.0.1 port 80: Connection refused', 'connection refused'],
		['<center><h1>503 Service Temporarily Unavailable</h1></center>', 'HTTP status'],
		['error: exactly one NAME is required, got 0', 'command line'],
		['web-1   0/1   OOMKilled   2', 'OOMKilled'],
	] as const)
		t.is(conceptsIn(said)[0]?.id, id, said);
	for (const {id, text} of glossary) t.true(text.en.length > 40 && /[\u3400-\u9fff]/.test(text.zh), id);
	t.is(new Set(glossary.map(({id}) => id)).size, glossary.length);
});
