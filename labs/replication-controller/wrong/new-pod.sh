# Two replicas are too few; and deleting without --cascade takes the pods along.
# misses: rc, orphans
kubectl create -f - <<EOF
apiVersion: v1
kind: ReplicationController
metadata: {name: web}
spec:
  replicas: 2
  selector: {app: web}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: myapp, image: "myapp:v1"}]}
EOF
kubectl expose rc web --port 80
kubectl label pod $(kubectl get pods -l app=web -o name | head -n 1 | cut -d / -f 2) app=debug --overwrite
kubectl delete rc old
