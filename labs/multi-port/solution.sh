# Both from YAML.
kubectl apply -f - <<EOF
apiVersion: v1
kind: Service
metadata:
  name: names
  namespace: kube-system
spec:
  clusterIP: 10.96.0.53
  selector:
    k8s-app: kube-dns
  ports:
    - name: dns
      protocol: UDP
      port: 53
    - name: dns-tcp
      port: 53
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - name: main
      port: 80
      targetPort: http
    - name: alt
      port: 8080
      targetPort: http
EOF
