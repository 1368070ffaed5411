# The Service has an address: its name leads there, not to the pods.
# misses: all
kubectl create service clusterip web --tcp=80
kubectl apply -f - <<EOF
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: web
  replicas: ${n}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: myapp, image: "myapp:v1"}]}
EOF
