# MetalLB reads its own namespace only.
# misses: address, answers, fixed
kubectl apply -f - <<EOF
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: {name: first}
spec: {addresses: [172.25.254.${first}-172.25.254.99]}
---
apiVersion: metallb.io/v1beta1
kind: L2Advertisement
metadata: {name: first}
EOF
kubectl patch svc web -p '{"spec":{"type":"LoadBalancer"}}'
