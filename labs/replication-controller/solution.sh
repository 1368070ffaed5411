# As in the text.
kubectl create -f - <<EOF
apiVersion: v1
kind: ReplicationController
metadata: {name: web}
spec:
  replicas: ${n}
  selector: {app: web}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: myapp, image: "myapp:v1"}]}
EOF
kubectl expose rc web --port 80
kubectl label pod $(kubectl get pods -l app=web -o name | head -n 1 | cut -d / -f 2) app=debug --overwrite
kubectl delete rc old --cascade=orphan
