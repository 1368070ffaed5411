# By commands, bit by bit.
kubectl create ingress new --class nginx --rule='shop.lilee.org/*=myappv2:80' --annotation nginx.ingress.kubernetes.io/canary=true
kubectl annotate ingress new nginx.ingress.kubernetes.io/canary-by-header=version nginx.ingress.kubernetes.io/canary-by-header-value='${value}'
kubectl annotate ingress new nginx.ingress.kubernetes.io/canary-by-cookie=try-new
