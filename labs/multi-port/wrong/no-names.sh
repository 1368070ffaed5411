# Without names the API refuses two ports; and DNS is made for TCP only.
# misses: dns, web
kubectl apply -f - <<EOF
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: http}, {port: 8080, targetPort: http}]
EOF
kubectl -n kube-system create service clusterip names --clusterip 10.96.0.53 --tcp 53
kubectl -n kube-system patch svc names -p '{"spec":{"selector":{"k8s-app":"kube-dns","app":null}}}'
