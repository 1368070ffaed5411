# Declarative: the whole Service is applied; the table of reg is restored from text.
kubectl -n kube-system get cm kube-proxy -o yaml > proxy.yaml
sed -i 's/mode: ""/mode: ipvs/' proxy.yaml
kubectl replace -f proxy.yaml
kubectl -n kube-system delete pod -l k8s-app=kube-proxy
kubectl apply -f - <<EOF
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: ${seconds}
  selector:
    app: web
  ports:
    - port: 80
      nodePort: 30080
EOF
ssh reg dnf install -y ipvsadm
printf '%s\n' '-A -t 172.25.254.250:8080 -s rr -p 120' '-a -t 172.25.254.250:8080 -r 172.25.254.10:30080 -m' '-a -t 172.25.254.250:8080 -r 172.25.254.20:30080 -m' | ssh reg ipvsadm -R
