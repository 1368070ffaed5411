# The claim comes first and waits; the pod by an override; claimRef replaced.
kubectl create -f - <<EOF
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec:
  storageClassName: manual
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 500Mi}}
EOF
kubectl create -f - <<EOF
apiVersion: v1
kind: PersistentVolume
metadata: {name: disk}
spec:
  storageClassName: manual
  capacity: {storage: 1Gi}
  accessModes: [ReadWriteOnce]
  hostPath: {path: /mnt/x}
EOF
kubectl run writer --image myapp:v1 --overrides '{"spec":{"volumes":[{"name":"d","persistentVolumeClaim":{"claimName":"data"}}],"containers":[{"name":"c","image":"myapp:v1","volumeMounts":[{"name":"d","mountPath":"/data"}]}]}}'
kubectl wait --for condition=Ready pod/writer
kubectl exec writer -- sh -c 'echo kept > /data/hello'
kubectl get pv old -o yaml | sed '/claimRef:/,/uid:/d' | kubectl replace -f -
