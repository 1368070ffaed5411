import test from 'ava';
import {goDifference} from '../../source/kinds/go-types/difference.js';
import {goSyntax} from '../../source/kinds/go-types/print.js';
import {goValueOf} from '../../source/kinds/go-types/value.js';

// Texts of a real API server, v1.33 where they name its fields; it indents with spaces that do not break.
const plain = (text: string): string => text.replaceAll('\u00A0', ' ');
const claim = {
	accessModes: ['ReadWriteOnce'],
	resources: {requests: {storage: '4Gi'}},
	volumeName: 'pv1',
	storageClassName: 'manual',
	volumeMode: 'Filesystem',
};
const claimType = 'core.PersistentVolumeClaimSpec';

test('a changed list of one is shown whole, what is far from it is counted', t => {
	t.is(
		plain(goDifference(claimType, claim, {...claim, accessModes: ['ReadWriteMany']})),
		`  core.PersistentVolumeClaimSpec{
- 	AccessModes: []core.PersistentVolumeAccessMode{"ReadWriteOnce"},
+ 	AccessModes: []core.PersistentVolumeAccessMode{"ReadWriteMany"},
  	Selector:    nil,
  	Resources:   {Requests: {s"storage": {i: {...}, s: "4Gi", Format: "BinarySI"}}},
  	... // 6 identical fields
  }
`,
	);
});

test('an added element and a selector', t => {
	const after = {...claim, accessModes: ['ReadWriteOnce', 'ReadOnlyMany'], selector: {matchLabels: {a: 'b'}}};
	t.is(
		plain(goDifference(claimType, claim, after)),
		`  core.PersistentVolumeClaimSpec{
  	AccessModes: []core.PersistentVolumeAccessMode{
  		"ReadWriteOnce",
+ 		"ReadOnlyMany",
  	},
- 	Selector:   nil,
+ 	Selector:   s"&LabelSelector{MatchLabels:map[string]string{a: b,},MatchExpressions:[]LabelSelectorRequirement{},}",
  	Resources:  {Requests: {s"storage": {i: {...}, s: "4Gi", Format: "BinarySI"}}},
  	VolumeName: "pv1",
  	... // 5 identical fields
  }
`,
	);
});

test('a source of a volume, and one in place of another', t => {
	const hostPath = {hostPath: {path: '/etc/foo', type: ''}};
	t.is(
		plain(goDifference('core.PersistentVolumeSource', hostPath, {hostPath: {path: '/etc/bar', type: ''}})),
		`  core.PersistentVolumeSource{
  	GCEPersistentDisk:    nil,
  	AWSElasticBlockStore: nil,
  	HostPath: &core.HostPathVolumeSource{
- 		Path: "/etc/foo",
+ 		Path: "/etc/bar",
  		Type: &"",
  	},
  	Glusterfs: nil,
  	NFS:       nil,
  	... // 17 identical fields
  }
`,
	);
	t.is(
		plain(goDifference('core.PersistentVolumeSource', hostPath, {nfs: {server: 'a', path: '/b'}})),
		`  core.PersistentVolumeSource{
  	GCEPersistentDisk:    nil,
  	AWSElasticBlockStore: nil,
- 	HostPath:             &core.HostPathVolumeSource{Path: "/etc/foo", Type: &""},
+ 	HostPath:             nil,
  	Glusterfs:            nil,
- 	NFS:                  nil,
+ 	NFS:                  &core.NFSVolumeSource{Server: "a", Path: "/b"},
  	RBD:                  nil,
  	Quobyte:              nil,
  	... // 15 identical fields
  }
`,
	);
});

test('what is long and new stands on several lines; what is the same is cut short', t => {
	const container = {name: 'p', image: 'nginx:1.27', ports: [{containerPort: 80, protocol: 'TCP'}], imagePullPolicy: 'Always'};
	const mounts = [{name: 'kube-api-access-xxxxx', readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount'}];
	const before = {containers: [{...container, volumeMounts: mounts}], restartPolicy: 'Always', terminationGracePeriodSeconds: 30};
	t.is(
		plain(goDifference('core.PodSpec', before, {...before, restartPolicy: 'Never'})),
		`  core.PodSpec{
  	... // 2 identical fields
  	Containers:                    {{Name: "p", Image: "nginx:1.27", Ports: {{ContainerPort: 80, Protocol: "TCP"}}, VolumeMounts: {{Name: "kube-api-access-xxxxx", ReadOnly: true, MountPath: "/var/run/secrets/kubernetes.io/serviceaccount"}}, ...}},
  	EphemeralContainers:           nil,
- 	RestartPolicy:                 "Always",
+ 	RestartPolicy:                 "Never",
  	TerminationGracePeriodSeconds: &30,
  	ActiveDeadlineSeconds:         nil,
  	... // 27 identical fields
  }
`,
	);
	const without = plain(goDifference('core.PodSpec', {...before, containers: [container]}, before));
	t.true(
		without.includes(`- 			VolumeMounts:  nil,
+ 			VolumeMounts: []core.VolumeMount{
+ 				{
+ 					Name:      "kube-api-access-xxxxx",
+ 					ReadOnly:  true,
+ 					MountPath: "/var/run/secrets/kubernetes.io/serviceaccount",
+ 				},
+ 			},
`),
		without,
	);
});

test('a whole template in Go syntax', t => {
	const text = goSyntax(
		goValueOf('core.PodTemplateSpec', {metadata: {labels: {a: 'b'}}, spec: {containers: [{name: 'j', image: 'nginx'}], hostPID: true}}),
	);
	t.true(
		text.startsWith('core.PodTemplateSpec{ObjectMeta:v1.ObjectMeta{Name:"", GenerateName:"", Namespace:"", SelfLink:"", UID:"", '),
		text,
	);
	t.true(text.includes('CreationTimestamp:time.Date(1, time.January, 1, 0, 0, 0, 0, time.UTC), DeletionTimestamp:<nil>, '), text);
	t.true(text.includes('Labels:map[string]string{"a":"b"}, Annotations:map[string]string(nil), '), text);
	t.true(text.includes('Containers:[]core.Container{core.Container{Name:"j", Image:"nginx", Command:[]string(nil), '), text);
	t.regex(text, /SecurityContext:\(\*core\.PodSecurityContext\)\(0xc[0-9a-f]{9}\), ImagePullSecrets:/);
});
