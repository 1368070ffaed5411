# serviceName names another Service: the set runs, the pods have no names below web.
# misses: names
kubectl create service clusterip web --clusterip="None"
kubectl apply -f - <<EOF
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: webs
  replicas: ${n}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: myapp, image: "myapp:v1"}]}
EOF
