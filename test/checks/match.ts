import test from 'ava';
import {difference} from '../../source/checks/match.js';

test('a partial object fits one that has more', t => {
	t.is(difference({a: 1, b: {c: [1, {d: 2, e: 3}]}}, {b: {c: [{d: 2}]}}), undefined);
});

test('the first difference is named by its path', t => {
	t.is(difference({spec: {replicas: 2}}, {spec: {replicas: 3}}), 'spec.replicas is 2');
	t.is(difference({}, {metadata: {labels: {app: 'web'}}}), 'metadata is not set');
	t.is(difference({ports: [{port: 80}]}, {ports: [{port: 81}]}), 'ports[0].port is 80');
	t.is(difference({ports: [{port: 80}, {port: 8080}]}, {ports: [{port: 81}]}), 'no entry of ports has port: 81');
	t.is(difference({range: ['a', 'b']}, {range: ['c']}), 'no entry of range is "c"');
});

test('what the title of an objective does not tell, no difference tells', t => {
	const told = (title: string) => difference({ports: [{port: 80}, {port: 8080}]}, {ports: [{port: 81}]}, '', title);
	t.is(told('It answers on port 81.'), 'no entry of ports has port: 81');
	t.is(told('It answers on port 8081'), 'no entry of ports has port as the objective says');
});

test('two wanted entries need two found ones', t => {
	t.is(difference([{a: 1}], [{a: 1}, {a: 1}], 'list'), 'no entry of list has a: 1');
});
