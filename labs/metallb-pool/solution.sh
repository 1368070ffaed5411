# Pool and announcement from YAML, the Services by patches.
kubectl apply -f - <<EOF
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: {name: first, namespace: metallb-system}
spec:
  addresses: [172.25.254.${first}-172.25.254.99]
---
apiVersion: metallb.io/v1beta1
kind: L2Advertisement
metadata: {name: first, namespace: metallb-system}
spec:
  ipAddressPools: [first]
EOF
# checkpoint: pool
kubectl patch svc web -p '{"spec":{"type":"LoadBalancer"}}'
kubectl annotate svc shop metallb.universe.tf/loadBalancerIPs=172.25.254.99
kubectl patch svc shop -p '{"spec":{"type":"LoadBalancer"}}'
