# One address is kept apart for shop.
kubectl apply -f - <<'EOF'
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: {name: others, namespace: metallb-system}
spec: {addresses: ["172.25.254.${first}-172.25.254.98"]}
---
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: {name: last, namespace: metallb-system}
spec: {addresses: [172.25.254.99/32], autoAssign: false}
---
apiVersion: metallb.io/v1beta1
kind: L2Advertisement
metadata: {name: all, namespace: metallb-system}
EOF
kubectl annotate svc shop metallb.universe.tf/loadBalancerIPs=172.25.254.99
kubectl patch svc shop -p '{"spec":{"type":"LoadBalancer"}}'
kubectl patch svc web -p '{"spec":{"type":"LoadBalancer"}}'
