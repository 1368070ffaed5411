import {readFileSync} from 'node:fs';
import test from 'ava';
import {provideSchemaDocs} from '../../source/api/schema/schema-docs.js';
import {createCluster} from '../../source/cluster/cluster.js';
import {runKubectl} from '../helpers/run-kubectl.js';

provideSchemaDocs(() => JSON.parse(readFileSync(new URL('../../generated/schema-docs.json', import.meta.url), 'utf8')));

const cluster = createCluster({profile: 'empty'});
const explain = (line: string) => runKubectl(cluster, `kubectl explain ${line}`);

const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: crontabs.stable.example.com}
spec:
  group: stable.example.com
  scope: Namespaced
  names: {plural: crontabs, singular: crontab, kind: CronTab, shortNames: [ct]}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            required: [image]
            properties:
              image: {type: string, enum: [a, b, "", c, d]}
              list: {type: array, items: {type: object, properties: {a: {type: boolean, description: Whether.}}}}
`;

test('a field says its type, its values and what its type is for', t => {
	t.is(
		explain('pod.metadata.creationTimestamp').stdout.split('\n').slice(-6).join('\n'),
		'    Time is a wrapper around time.Time which supports correct marshaling to YAML\n    and JSON.  Wrappers are provided for many of the factory methods that the\n    time package offers.\n    \n\n',
	);
	t.regex(
		explain('pod.spec.restartPolicy').stdout,
		/^FIELD: restartPolicy <string>\nENUM:\n {4}Always\n {4}Never\n {4}OnFailure\n\nDESCRIPTION:$/m,
	);
});

test('a list of fields is cut where a type comes again', t => {
	const {stdout} = explain('crd --recursive');
	t.regex(stdout, /^ {10}not\t<JSONSchemaProps>\n {10}nullable\t<boolean>$/m);
	t.false(stdout.includes('no description'));
});

test('custom resources are explained from their schema', t => {
	runKubectl(cluster, 'kubectl apply -f -', {stdin: crd});
	cluster.settle();
	t.is(
		explain('ct.spec').stdout,
		'GROUP:      stable.example.com\nKIND:       CronTab\nVERSION:    v1\n\nFIELD: spec <Object>\n\n\nDESCRIPTION:\n    <empty>\nFIELDS:\n  image\t<string> -required-\n  enum: a, b, "", c, ....\n    <no description>\n\n  list\t<[]Object>\n    <no description>\n\n\n',
	);
	t.is(explain('ct.spec.nope.deeper').stderr, 'error: field "deeper" does not exist\n');
});

test('a group is only heard after the full plural; a version must be served', t => {
	t.regex(explain('deployments.apps.spec.replicas').stdout, /^FIELD: replicas <integer>$/m);
	t.is(explain('deploy.apps.spec').stderr, 'error: field "spec" does not exist\n');
	t.is(explain('pods --api-version=v2').stderr, 'error: couldn\'t find resource for "/v2, Resource=pods"\n');
	t.is(explain('pods --api-version=apps/v1').stderr, 'error: GVR (apps/v1, Resource=pods) not found in OpenAPI schema\n');
	t.is(explain('pods --output=json').stderr, 'error: unrecognized format: json\n');
});
