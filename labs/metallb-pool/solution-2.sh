# Announce every pool; the Services replaced as a whole.
cat <<EOF | kubectl -n metallb-system create -f -
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: {name: office}
spec: {addresses: ["172.25.254.${first}-172.25.254.99"]}
EOF
cat <<EOF | kubectl -n metallb-system create -f -
apiVersion: metallb.io/v1beta1
kind: L2Advertisement
metadata: {name: all}
EOF
kubectl get svc web -o yaml | sed 's/type: ClusterIP/type: LoadBalancer/' | kubectl replace -f -
kubectl get svc shop -o yaml | sed 's/type: ClusterIP/type: LoadBalancer\n  loadBalancerIP: 172.25.254.99/' | kubectl replace -f -
