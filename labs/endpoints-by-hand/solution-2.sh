# Services imperatively, their selector taken away; Endpoints created, labelled afterwards and the slice removed.
kubectl create service clusterip outside --tcp=80:30080
kubectl create service clusterip quiet --tcp=80:30080
kubectl patch svc outside --type json -p '[{"op":"remove","path":"/spec/selector"}]'
kubectl patch svc quiet --type json -p '[{"op":"remove","path":"/spec/selector"}]'
kubectl delete endpoints outside quiet
kubectl create -f - <<EOF
apiVersion: v1
kind: Endpoints
metadata: {name: outside}
subsets:
  - addresses: [{ip: 172.25.254.10}, {ip: 172.25.254.20}]
    ports: [{name: 80-30080, port: 30080}]
EOF
kubectl create -f - <<EOF
apiVersion: v1
kind: Endpoints
metadata: {name: quiet}
subsets: [{addresses: [{ip: 172.25.254.10}], ports: [{name: 80-30080, port: 30080}]}]
EOF
kubectl label endpoints quiet endpointslice.kubernetes.io/skip-mirror=true
kubectl delete endpointslices -l kubernetes.io/service-name=quiet
