import test from 'ava';
import {authorizerFor} from '../../source/admission/authorization-mode.js';
import admission from '../../source/admission/index.js';
import {createApiServer} from '../../source/api/api-server.js';
import {lackingIn, wrongMode, wrongPlugins} from '../../source/images/control-plane/api-server-flags.js';
import kinds from '../../source/kinds/index.js';
import {createSim} from '../../source/sim/sim.js';
import {admin, createServer, podOf, refusal, serviceOf} from '../api/_world.js';

test('a service gets an address of the dynamic part of the range and a free node port', t => {
	const {client} = createServer();
	const seen = new Set<string>();
	for (let i = 0; i < 50; i++) {
		const {spec}: any = client.create(serviceOf(`s${i}`, {type: 'NodePort'}) as any);
		t.regex(spec.clusterIP, /^10\.(9[6-9]|10\d|11[01])\./);
		t.false(/^10\.96\.0\./.test(spec.clusterIP));
		t.true(spec.ports[0].nodePort >= 30_086 && spec.ports[0].nodePort <= 32_767);
		seen.add(spec.clusterIP).add(String(spec.ports[0].nodePort));
	}

	t.is(seen.size, 100);
});

test('a chosen address or port must be free and in range', t => {
	const {client} = createServer();
	client.create(serviceOf('first', {type: 'NodePort', clusterIP: '10.96.0.50', ports: [{port: 80, nodePort: 30_080}]}) as any);
	const say = (spec: object) => refusal(() => client.create(serviceOf('second', spec) as any));
	t.is(
		say({clusterIP: '10.96.0.50'}),
		'Service "second" is invalid: spec.clusterIPs: Invalid value: []string{"10.96.0.50"}: failed to allocate IP 10.96.0.50: provided IP is already allocated',
	);
	t.is(
		say({type: 'NodePort', ports: [{port: 80, nodePort: 30_080}]}),
		'Service "second" is invalid: spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated',
	);
	client.delete('services', 'default', 'first');
	t.is(say({clusterIP: '10.96.0.50', type: 'NodePort', ports: [{port: 80, nodePort: 30_080}]}), 'accepted');
});

test('a change of type keeps the address and gives the node port back', t => {
	const {client} = createServer();
	const before: any = client.create(serviceOf('web', {type: 'NodePort'}) as any);
	const after: any = client.patch('services', 'default', 'web', 'merge', {spec: {type: 'ClusterIP'}});
	t.is(after.spec.clusterIP, before.spec.clusterIP);
	t.is(after.spec.ports[0].nodePort, undefined);
	t.is(after.spec.externalTrafficPolicy, undefined);
	const external: any = client.patch('services', 'default', 'web', 'merge', {spec: {type: 'ExternalName', externalName: 'example.org'}});
	t.is(external.spec.clusterIP, undefined);
});

test('pods mount the token of their account, tolerate lost nodes for five minutes, and have a priority', t => {
	const {client} = createServer();
	const {spec}: any = client.create(podOf('web') as any);
	t.regex(spec.volumes[0].name, /^kube-api-access-[a-z0-9]{5}$/);
	t.deepEqual(spec.containers[0].volumeMounts, [
		{name: spec.volumes[0].name, readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount'},
	]);
	t.deepEqual(
		spec.tolerations.map(({key, tolerationSeconds}: any) => [key, tolerationSeconds]),
		[
			['node.kubernetes.io/not-ready', 300],
			['node.kubernetes.io/unreachable', 300],
		],
	);
	t.is(spec.priority, 0);
	t.is(
		refusal(() => client.create(podOf('b', {serviceAccountName: 'ghost'}) as any)),
		'pods "b" is forbidden: error looking up service account default/ghost: serviceaccount "ghost" not found',
	);
	t.is(
		refusal(() => client.create(podOf('b', {priorityClassName: 'ghost'}) as any)),
		'pods "b" is forbidden: no PriorityClass with name ghost was found',
	);
});

test('limit ranges fill in and hold back', t => {
	const {client} = createServer();
	const limits = [{type: 'Container', default: {cpu: '200m'}, defaultRequest: {cpu: '100m'}, max: {cpu: '500m'}}];
	client.create({apiVersion: 'v1', kind: 'LimitRange', metadata: {name: 'l', namespace: 'default'}, spec: {limits}} as any);
	const pod: any = client.create(podOf('small') as any);
	t.deepEqual(pod.spec.containers[0].resources, {requests: {cpu: '100m'}, limits: {cpu: '200m'}});
	t.is(
		pod.metadata.annotations['kubernetes.io/limit-ranger'],
		'LimitRanger plugin set: cpu request for container c; cpu limit for container c',
	);
	t.is(
		refusal(() => client.create(podOf('big', {containers: [{name: 'c', image: 'x', resources: {limits: {cpu: '1'}}}]}) as any)),
		'pods "big" is forbidden: maximum cpu usage per Container is 500m, but limit is 1',
	);
});

test('quotas say what was asked for, what is used and what is allowed', t => {
	const {client} = createServer();
	client.create({
		apiVersion: 'v1',
		kind: 'ResourceQuota',
		metadata: {name: 'q', namespace: 'default'},
		spec: {hard: {pods: '1', 'requests.cpu': '1'}},
	} as any);
	t.is(
		refusal(() => client.create(podOf('a') as any)),
		'pods "a" is forbidden: failed quota: q: must specify requests.cpu for: c',
	);
	const spec = {containers: [{name: 'c', image: 'x', resources: {requests: {cpu: '100m'}}}]};
	client.create(podOf('a', spec) as any);
	t.is(
		refusal(() => client.create(podOf('b', spec) as any)),
		'pods "b" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1',
	);
});

test('namespace labels hold pods to a security standard', t => {
	const {client, warnings} = createServer();
	client.patch('namespaces', undefined, 'default', 'merge', {metadata: {labels: {'pod-security.kubernetes.io/enforce': 'restricted'}}});
	t.is(
		refusal(() => client.create(podOf('web') as any)),
		'pods "web" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "c" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "c" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "c" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "c" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
	);
	client.patch('namespaces', undefined, 'default', 'merge', {
		metadata: {labels: {'pod-security.kubernetes.io/enforce': null, 'pod-security.kubernetes.io/warn': 'baseline'}},
	});
	client.create(podOf('web', {hostNetwork: true}) as any);
	t.deepEqual(warnings, ['would violate PodSecurity "baseline:latest": host namespaces (hostNetwork=true)']);
});

test('the default classes are filled in, the youngest winning', t => {
	const {client, sim} = createServer();
	const ingressClass = (name: string) => ({
		apiVersion: 'networking.k8s.io/v1',
		kind: 'IngressClass',
		metadata: {name, annotations: {'ingressclass.kubernetes.io/is-default-class': 'true'}},
		spec: {controller: 'example.com/x'},
	});
	client.create(ingressClass('old') as any);
	sim.clock.advance(5000);
	client.create(ingressClass('young') as any);
	const ingress: any = client.create({
		apiVersion: 'networking.k8s.io/v1',
		kind: 'Ingress',
		metadata: {name: 'i', namespace: 'default'},
		spec: {defaultBackend: {service: {name: 's', port: {number: 80}}}},
	} as any);
	t.is(ingress.spec.ingressClassName, 'young');
});

test('plug-ins are switched by the flags of the running kube-apiserver', t => {
	const flags: Record<string, string> = {};
	const api = createApiServer(createSim('flags'), {kinds, admission, flags});
	const client = api.client(admin);
	client.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'default'}});
	client.create({apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'default', namespace: 'default'}});
	const policyOf = (name: string): string => (client.create(podOf(name) as any) as any).spec.containers[0].imagePullPolicy;
	const external = (name: string) => refusal(() => client.create(serviceOf(name, {externalIPs: ['192.0.2.1']}) as any));
	t.is(policyOf('a'), 'IfNotPresent');
	t.is(external('a'), 'accepted');
	flags['enable-admission-plugins'] = 'NodeRestriction,AlwaysPullImages,DenyServiceExternalIPs';
	t.is(policyOf('b'), 'Always');
	t.is(external('b'), 'services "b" is forbidden: Use of external IPs is denied by admission control');
	flags['disable-admission-plugins'] = 'ServiceAccount';
	t.is((client.create(podOf('c', {serviceAccountName: 'nobody'}) as any) as any).spec.volumes, undefined);
	flags['enable-admission-plugins'] = 'AlwaysDeny';
	t.is(
		refusal(() => policyOf('d')),
		'pods "d" is forbidden: admission control is denying all modifications',
	);
});

test('authorization modes decide in their order', t => {
	const flags: Record<string, string> = {};
	const authorizer = authorizerFor(flags);
	const {reader} = createServer().api;
	const may = (mode: string, ...groups: string[]) => {
		flags['authorization-mode'] = mode;
		return authorizer.authorize({user: {name: 'bob', groups}, verb: 'get', group: '', resource: 'pods'}, reader).allowed;
	};

	t.false(may('Node,RBAC'));
	t.true(may('Node,RBAC', 'system:nodes'));
	t.false(may('RBAC', 'system:nodes'));
	t.true(may('RBAC,AlwaysAllow'));
	t.false(may('AlwaysDeny'));
});

test('a command line that kube-apiserver does not take', t => {
	const argv = (flag: string) => ['kube-apiserver', flag];
	t.is(wrongPlugins(argv('--enable-admission-plugins=NodeRestriction,Foo')), 'enable-admission-plugins plugin "Foo" is unknown');
	t.is(wrongPlugins(argv('--disable-admission-plugins=ServiceAccount')), undefined);
	t.is(wrongMode('Node,Rbac'), 'authorization-mode "Rbac" is not a valid mode');
	t.is(wrongMode('RBAC,RBAC'), 'authorization-mode ["RBAC" "RBAC"] has mode specified more than once');
	t.deepEqual(lackingIn(argv('--enable-admission-plugins=NodeRestriction,PodNodeSelector')), [
		'--enable-admission-plugins=PodNodeSelector',
	]);
	t.deepEqual(lackingIn(argv('--audit-log-path=/var/log/audit.log')), ['--audit-log-path=/var/log/audit.log']);
	t.deepEqual(lackingIn(argv('--secure-port=6443')), []);
});
