# Addresses are given, but nobody answers for them.
# misses: answers, fixed
kubectl apply -f - <<EOF
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: {name: first, namespace: metallb-system}
spec: {addresses: [172.25.254.${first}-172.25.254.99]}
EOF
kubectl patch svc web -p '{"spec":{"type":"LoadBalancer"}}'
kubectl annotate svc shop metallb.universe.tf/loadBalancerIPs=172.25.254.99
kubectl patch svc shop -p '{"spec":{"type":"LoadBalancer"}}'
