# Addresses of another network: nobody asks for them on this one.
# misses: address, answers, fixed
kubectl apply -f - <<EOF
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: {name: first, namespace: metallb-system}
spec: {addresses: [192.168.7.10-192.168.7.20]}
---
apiVersion: metallb.io/v1beta1
kind: L2Advertisement
metadata: {name: first, namespace: metallb-system}
EOF
kubectl patch svc web -p '{"spec":{"type":"LoadBalancer"}}'
kubectl patch svc shop -p '{"spec":{"type":"LoadBalancer"}}'
