# As the old notes spell it: the API refuses it.
# misses: both, mirrored, quiet
kubectl apply -f - <<EOF
apiVersion: v1
kind: Service
metadata: {name: outside}
spec: {ports: [{port: 80, targetPort: 30080}]}
EOF
kubectl apply -f - <<EOF
apiVersion: v1
kind: Endpoints
metadata: {name: outside}
subsets:
  - addresss: [{IP: 172.25.254.10}]
    ports: [{port: 30080}]
EOF
