# Mostly from YAML.
# if: nodeport
kubectl expose deployment web --port 80 --name pages --overrides '{"spec":{"type":"NodePort","ports":[{"port":80,"nodePort":${port}}]}}'
# end
# if: headless
kubectl apply -f - <<EOF
apiVersion: v1
kind: Service
metadata: {name: peers}
spec: {clusterIP: None, selector: {app: peer}}
EOF
# end
# if: repair
kubectl get svc shelf -o yaml | sed 's/fornt/front/' | kubectl replace -f -
# end
# if: rollout
kubectl set image deployment api '*=myapp:v2'
# end
# if: policy
kubectl apply -f - <<EOF
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: tellers, namespace: bank}
spec:
  podSelector: {matchExpressions: [{key: app, operator: In, values: [vault]}]}
  policyTypes: [Ingress]
  ingress: [{from: [{podSelector: {matchExpressions: [{key: role, operator: In, values: [teller]}]}}]}]
EOF
# end
# if: ingress
kubectl apply -f - <<EOF
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: documents
spec:
  ingressClassName: nginx
  rules:
    - host: docs.lilee.org
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: docs, port: {number: 8000}}}}
EOF
# end
# if: canary
kubectl apply -f - <<EOF
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop-canary
  annotations:
    nginx.ingress.kubernetes.io/canary: "true"
    nginx.ingress.kubernetes.io/canary-weight-total: "1000"
    nginx.ingress.kubernetes.io/canary-weight: "${percent}0"
spec:
  ingressClassName: nginx
  rules:
    - host: shop.lilee.org
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: shop-v2, port: {number: 80}}}}
EOF
# end
