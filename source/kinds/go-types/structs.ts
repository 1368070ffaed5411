/**
 * The API server's own Go structs (pkg/apis/core/types.go), which its refusals print whole: fields in order with their types. `'T` is a named
 * string, `+T` an embedded struct. A field's JSON name follows from its Go name unless `=` gives it.
 */
const text = `
core.PodTemplateSpec: ObjectMeta=metadata v1.ObjectMeta, Spec core.PodSpec
v1.ObjectMeta: Name string, GenerateName string, Namespace string, SelfLink string, UID 'types.UID, ResourceVersion string, Generation int64, CreationTimestamp v1.Time, DeletionTimestamp *v1.Time, DeletionGracePeriodSeconds *int64, Labels map[string]string, Annotations map[string]string, OwnerReferences []v1.OwnerReference, Finalizers []string, ManagedFields []v1.ManagedFieldsEntry
core.PodSpec: Volumes []core.Volume, InitContainers []core.Container, Containers []core.Container, EphemeralContainers []core.EphemeralContainer, RestartPolicy 'core.RestartPolicy, TerminationGracePeriodSeconds *int64, ActiveDeadlineSeconds *int64, DNSPolicy 'core.DNSPolicy, NodeSelector map[string]string, ServiceAccountName string, AutomountServiceAccountToken *bool, NodeName string, SecurityContext *core.PodSecurityContext, ImagePullSecrets []core.LocalObjectReference, Hostname string, Subdomain string, SetHostnameAsFQDN *bool, Affinity *core.Affinity, SchedulerName string, Tolerations []core.Toleration, HostAliases []core.HostAlias, PriorityClassName string, Priority *int32, PreemptionPolicy *'core.PreemptionPolicy, DNSConfig *core.PodDNSConfig, ReadinessGates []core.PodReadinessGate, RuntimeClassName *string, Overhead core.ResourceList, EnableServiceLinks *bool, TopologySpreadConstraints []core.TopologySpreadConstraint, OS *core.PodOS, SchedulingGates []core.PodSchedulingGate, ResourceClaims []core.PodResourceClaim, Resources *core.ResourceRequirements
core.Container: Name string, Image string, Command []string, Args []string, WorkingDir string, Ports []core.ContainerPort, EnvFrom []core.EnvFromSource, Env []core.EnvVar, Resources core.ResourceRequirements, ResizePolicy []core.ContainerResizePolicy, RestartPolicy *'core.ContainerRestartPolicy, VolumeMounts []core.VolumeMount, VolumeDevices []core.VolumeDevice, LivenessProbe *core.Probe, ReadinessProbe *core.Probe, StartupProbe *core.Probe, Lifecycle *core.Lifecycle, TerminationMessagePath string, TerminationMessagePolicy 'core.TerminationMessagePolicy, ImagePullPolicy 'core.PullPolicy, SecurityContext *core.SecurityContext, Stdin bool, StdinOnce bool, TTY bool
core.EphemeralContainer: Name string, Image string, Command []string, Args []string, TargetContainerName string
core.ContainerPort: Name string, HostPort int32, ContainerPort int32, Protocol 'core.Protocol, HostIP string
core.ContainerResizePolicy: ResourceName >core.ResourceName, RestartPolicy 'core.ResourceResizeRestartPolicy
core.EnvVar: Name string, Value string, ValueFrom *core.EnvVarSource
core.EnvVarSource: FieldRef *core.ObjectFieldSelector, ResourceFieldRef *core.ResourceFieldSelector, ConfigMapKeyRef *core.ConfigMapKeySelector, SecretKeyRef *core.SecretKeySelector
core.ObjectFieldSelector: APIVersion string, FieldPath string
core.ResourceFieldSelector: ContainerName string, Resource string, Divisor quantity
core.ConfigMapKeySelector: LocalObjectReference +core.LocalObjectReference, Key string, Optional *bool
core.SecretKeySelector: LocalObjectReference +core.LocalObjectReference, Key string, Optional *bool
core.LocalObjectReference: Name string
core.EnvFromSource: Prefix string, ConfigMapRef *core.ConfigMapEnvSource, SecretRef *core.SecretEnvSource
core.ConfigMapEnvSource: LocalObjectReference +core.LocalObjectReference, Optional *bool
core.SecretEnvSource: LocalObjectReference +core.LocalObjectReference, Optional *bool
core.ResourceRequirements: Limits core.ResourceList, Requests core.ResourceList, Claims []core.ResourceClaim
core.VolumeResourceRequirements: Limits core.ResourceList, Requests core.ResourceList
core.ResourceClaim: Name string, Request string
core.VolumeMount: Name string, ReadOnly bool, RecursiveReadOnly *'core.RecursiveReadOnlyMode, MountPath string, SubPath string, MountPropagation *'core.MountPropagationMode, SubPathExpr string
core.VolumeDevice: Name string, DevicePath string
core.Probe: ProbeHandler +core.ProbeHandler, InitialDelaySeconds int32, TimeoutSeconds int32, PeriodSeconds int32, SuccessThreshold int32, FailureThreshold int32, TerminationGracePeriodSeconds *int64
core.ProbeHandler: Exec *core.ExecAction, HTTPGet *core.HTTPGetAction, TCPSocket *core.TCPSocketAction, GRPC *core.GRPCAction
core.LifecycleHandler: Exec *core.ExecAction, HTTPGet *core.HTTPGetAction, TCPSocket *core.TCPSocketAction, Sleep *core.SleepAction
core.Lifecycle: PostStart *core.LifecycleHandler, PreStop *core.LifecycleHandler, StopSignal *'core.Signal
core.ExecAction: Command []string
core.HTTPGetAction: Path string, Port intstr.IntOrString, Host string, Scheme 'core.URIScheme, HTTPHeaders []core.HTTPHeader
core.HTTPHeader: Name string, Value string
core.TCPSocketAction: Port intstr.IntOrString, Host string
core.GRPCAction: Port int32, Service *string
core.SleepAction: Seconds int64
core.SecurityContext: Capabilities *core.Capabilities, Privileged *bool, SELinuxOptions *core.SELinuxOptions, WindowsOptions *core.WindowsSecurityContextOptions, RunAsUser *int64, RunAsGroup *int64, RunAsNonRoot *bool, ReadOnlyRootFilesystem *bool, AllowPrivilegeEscalation *bool, ProcMount *'core.ProcMountType, SeccompProfile *core.SeccompProfile, AppArmorProfile *core.AppArmorProfile
core.Capabilities: Add []'core.Capability, Drop []'core.Capability
core.SELinuxOptions: User string, Role string, Type string, Level string
core.SeccompProfile: Type 'core.SeccompProfileType, LocalhostProfile *string
core.AppArmorProfile: Type 'core.AppArmorProfileType, LocalhostProfile *string
core.PodSecurityContext: HostNetwork bool, HostPID bool, HostIPC bool, ShareProcessNamespace *bool, HostUsers *bool, SELinuxOptions *core.SELinuxOptions, WindowsOptions *core.WindowsSecurityContextOptions, RunAsUser *int64, RunAsGroup *int64, RunAsNonRoot *bool, SupplementalGroups []int64, SupplementalGroupsPolicy *'core.SupplementalGroupsPolicy, FSGroup *int64, FSGroupChangePolicy *'core.PodFSGroupChangePolicy, Sysctls []core.Sysctl, SeccompProfile *core.SeccompProfile, AppArmorProfile *core.AppArmorProfile, SELinuxChangePolicy *'core.PodSELinuxChangePolicy
core.Sysctl: Name string, Value string
core.Affinity: NodeAffinity *core.NodeAffinity, PodAffinity *core.PodAffinity, PodAntiAffinity *core.PodAntiAffinity
core.NodeAffinity: RequiredDuringSchedulingIgnoredDuringExecution *core.NodeSelector, PreferredDuringSchedulingIgnoredDuringExecution []core.PreferredSchedulingTerm
core.NodeSelector: NodeSelectorTerms []core.NodeSelectorTerm
core.PreferredSchedulingTerm: Weight int32, Preference core.NodeSelectorTerm
core.NodeSelectorTerm: MatchExpressions []core.NodeSelectorRequirement, MatchFields []core.NodeSelectorRequirement
core.NodeSelectorRequirement: Key string, Operator 'core.NodeSelectorOperator, Values []string
core.PodAffinity: RequiredDuringSchedulingIgnoredDuringExecution []core.PodAffinityTerm, PreferredDuringSchedulingIgnoredDuringExecution []core.WeightedPodAffinityTerm
core.PodAntiAffinity: RequiredDuringSchedulingIgnoredDuringExecution []core.PodAffinityTerm, PreferredDuringSchedulingIgnoredDuringExecution []core.WeightedPodAffinityTerm
core.WeightedPodAffinityTerm: Weight int32, PodAffinityTerm core.PodAffinityTerm
core.PodAffinityTerm: LabelSelector *v1.LabelSelector, Namespaces []string, TopologyKey string, NamespaceSelector *v1.LabelSelector, MatchLabelKeys []string, MismatchLabelKeys []string
v1.LabelSelector: MatchLabels map[string]string, MatchExpressions []v1.LabelSelectorRequirement
v1.LabelSelectorRequirement: Key string, Operator 'v1.LabelSelectorOperator, Values []string
core.Toleration: Key string, Operator 'core.TolerationOperator, Value string, Effect 'core.TaintEffect, TolerationSeconds *int64
core.HostAlias: IP string, Hostnames []string
core.PodDNSConfig: Nameservers []string, Searches []string, Options []core.PodDNSConfigOption
core.PodDNSConfigOption: Name string, Value *string
core.PodReadinessGate: ConditionType 'core.PodConditionType
core.TopologySpreadConstraint: MaxSkew int32, TopologyKey string, WhenUnsatisfiable 'core.UnsatisfiableConstraintAction, LabelSelector *v1.LabelSelector, MinDomains *int32, NodeAffinityPolicy *'core.NodeInclusionPolicy, NodeTaintsPolicy *'core.NodeInclusionPolicy, MatchLabelKeys []string
core.PodOS: Name 'core.OSName
core.PodSchedulingGate: Name string
core.PodResourceClaim: Name string, ResourceClaimName *string, ResourceClaimTemplateName *string
core.Volume: Name string, VolumeSource +core.VolumeSource
core.VolumeSource: HostPath *core.HostPathVolumeSource, EmptyDir *core.EmptyDirVolumeSource, GCEPersistentDisk *core.GCEPersistentDiskVolumeSource, AWSElasticBlockStore *core.AWSElasticBlockStoreVolumeSource, GitRepo *core.GitRepoVolumeSource, Secret *core.SecretVolumeSource, NFS *core.NFSVolumeSource, ISCSI *core.ISCSIVolumeSource, Glusterfs *core.GlusterfsVolumeSource, PersistentVolumeClaim *core.PersistentVolumeClaimVolumeSource, RBD *core.RBDVolumeSource, Quobyte *core.QuobyteVolumeSource, FlexVolume *core.FlexVolumeSource, Cinder *core.CinderVolumeSource, CephFS=cephfs *core.CephFSVolumeSource, Flocker *core.FlockerVolumeSource, DownwardAPI *core.DownwardAPIVolumeSource, FC *core.FCVolumeSource, AzureFile *core.AzureFileVolumeSource, ConfigMap *core.ConfigMapVolumeSource, VsphereVolume *core.VsphereVirtualDiskVolumeSource, AzureDisk *core.AzureDiskVolumeSource, PhotonPersistentDisk *core.PhotonPersistentDiskVolumeSource, Projected *core.ProjectedVolumeSource, PortworxVolume *core.PortworxVolumeSource, ScaleIO *core.ScaleIOVolumeSource, StorageOS=storageos *core.StorageOSVolumeSource, CSI *core.CSIVolumeSource, Ephemeral *core.EphemeralVolumeSource, Image *core.ImageVolumeSource
core.PersistentVolumeSource: GCEPersistentDisk *core.GCEPersistentDiskVolumeSource, AWSElasticBlockStore *core.AWSElasticBlockStoreVolumeSource, HostPath *core.HostPathVolumeSource, Glusterfs *core.GlusterfsPersistentVolumeSource, NFS *core.NFSVolumeSource, RBD *core.RBDPersistentVolumeSource, Quobyte *core.QuobyteVolumeSource, ISCSI *core.ISCSIPersistentVolumeSource, FlexVolume *core.FlexPersistentVolumeSource, Cinder *core.CinderPersistentVolumeSource, CephFS=cephfs *core.CephFSPersistentVolumeSource, FC *core.FCVolumeSource, Flocker *core.FlockerVolumeSource, AzureFile *core.AzureFilePersistentVolumeSource, VsphereVolume *core.VsphereVirtualDiskVolumeSource, AzureDisk *core.AzureDiskVolumeSource, PhotonPersistentDisk *core.PhotonPersistentDiskVolumeSource, PortworxVolume *core.PortworxVolumeSource, ScaleIO *core.ScaleIOPersistentVolumeSource, Local *core.LocalVolumeSource, StorageOS=storageos *core.StorageOSPersistentVolumeSource, CSI *core.CSIPersistentVolumeSource
core.PersistentVolumeClaimSpec: AccessModes []'core.PersistentVolumeAccessMode, Selector *v1.LabelSelector, Resources core.VolumeResourceRequirements, VolumeName string, StorageClassName *string, VolumeMode *'core.PersistentVolumeMode, DataSource *core.TypedLocalObjectReference, DataSourceRef *core.TypedObjectReference, VolumeAttributesClassName *string
core.TypedLocalObjectReference: APIGroup *string, Kind string, Name string
core.TypedObjectReference: APIGroup *string, Kind string, Name string, Namespace *string
core.HostPathVolumeSource: Path string, Type *'core.HostPathType
core.EmptyDirVolumeSource: Medium 'core.StorageMedium, SizeLimit *quantity
core.SecretVolumeSource: SecretName string, Items []core.KeyToPath, DefaultMode *int32, Optional *bool
core.ConfigMapVolumeSource: LocalObjectReference +core.LocalObjectReference, Items []core.KeyToPath, DefaultMode *int32, Optional *bool
core.KeyToPath: Key string, Path string, Mode *int32
core.NFSVolumeSource: Server string, Path string, ReadOnly bool
core.LocalVolumeSource: Path string, FSType *string
core.PersistentVolumeClaimVolumeSource: ClaimName string, ReadOnly bool
core.DownwardAPIVolumeSource: Items []core.DownwardAPIVolumeFile, DefaultMode *int32
core.DownwardAPIVolumeFile: Path string, FieldRef *core.ObjectFieldSelector, ResourceFieldRef *core.ResourceFieldSelector, Mode *int32
core.ProjectedVolumeSource: Sources []core.VolumeProjection, DefaultMode *int32
core.VolumeProjection: Secret *core.SecretProjection, DownwardAPI *core.DownwardAPIProjection, ConfigMap *core.ConfigMapProjection, ServiceAccountToken *core.ServiceAccountTokenProjection, ClusterTrustBundle *core.ClusterTrustBundleProjection
core.SecretProjection: LocalObjectReference +core.LocalObjectReference, Items []core.KeyToPath, Optional *bool
core.ConfigMapProjection: LocalObjectReference +core.LocalObjectReference, Items []core.KeyToPath, Optional *bool
core.DownwardAPIProjection: Items []core.DownwardAPIVolumeFile
core.ServiceAccountTokenProjection: Audience string, ExpirationSeconds int64, Path string
core.CSIVolumeSource: Driver string, ReadOnly *bool, FSType *string, VolumeAttributes map[string]string, NodePublishSecretRef *core.LocalObjectReference
core.CSIPersistentVolumeSource: Driver string, VolumeHandle string, ReadOnly bool, FSType string, VolumeAttributes map[string]string
core.ImageVolumeSource: Reference string, PullPolicy 'core.PullPolicy
`;

export interface GoField {
	readonly name: string;
	readonly json: string;
	readonly type: string;
}

let parsed: ReadonlyMap<string, readonly GoField[]> | undefined;

/** The fields of a struct in order; none for one that the table does not describe. */
export function fieldsOf(struct: string): readonly GoField[] {
	parsed ??= new Map(
		text
			.trim()
			.split('\n')
			.map(line => {
				const cut = line.indexOf(': ');
				return [
					line.slice(0, cut),
					line
						.slice(cut + 2)
						.split(', ')
						.map(readField),
				];
			}),
	);
	return parsed.get(struct) ?? [];
}

function readField(pair: string): GoField {
	const [names = '', type = ''] = pair.split(' ');
	const [name = '', json = jsonName(name)] = names.split('=');
	return {name, json, type};
}

/** `DNSPolicy` is `dnsPolicy`, `SELinuxOptions` is `seLinuxOptions`. */
const jsonName = (name: string): string => name.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+$|^[A-Z]/, start => start.toLowerCase());
