# Step by step: made small, then patched. The listeners know the name; weights are three parts and one.
kubectl apply -f https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.2.1/standard-install.yaml
kubectl apply -f https://raw.githubusercontent.com/nginx/nginx-gateway-fabric/v1.6.2/deploy/crds.yaml
kubectl apply -f https://raw.githubusercontent.com/nginx/nginx-gateway-fabric/v1.6.2/deploy/default/deploy.yaml
kubectl create -f - <<'EOF'
{"apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway", "metadata": {"name": "shop"}, "spec": {"gatewayClassName": "nginx",
  "listeners": [{"name": "http", "port": 80, "protocol": "HTTP", "hostname": "shop.lilee.org"}]}}
EOF
kubectl patch gateway shop --type json -p '[{"op":"add","path":"/spec/listeners/-","value":{"name":"https","port":443,"protocol":"HTTPS","hostname":"shop.lilee.org","tls":{"certificateRefs":[{"name":"shop-tls"}]}}}]'
kubectl create -f - <<'EOF'
{"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": {"name": "shop-https"}, "spec": {
  "parentRefs": [{"name": "shop", "sectionName": "https"}], "rules": [{"backendRefs": [{"name": "myappv1", "port": 80, "weight": 3}]}]}}
EOF
kubectl patch httproute shop-https --type json -p '[{"op":"add","path":"/spec/rules/0/backendRefs/-","value":{"name":"myappv2","port":80,"weight":1}}]'
kubectl create -f - <<'EOF'
{"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": {"name": "shop-redirect"}, "spec": {
  "parentRefs": [{"name": "shop", "sectionName": "http"}]}}
EOF
kubectl patch httproute shop-redirect --type merge -p '{"spec":{"rules":[{"filters":[{"type":"RequestRedirect","requestRedirect":{"scheme":"https","statusCode":301}}]}]}}'
