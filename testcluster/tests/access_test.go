package tests

import (
	"context"
	"os"
	"testing"

	authenticationv1 "k8s.io/api/authentication/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
)

func TestServiceAccountMayDoWhatItsRoleSays(t *testing.T) {
	t.Parallel()
	ns := newNamespace(t)
	token, err := shared.client.CoreV1().ServiceAccounts(ns).
		CreateToken(t.Context(), "default", &authenticationv1.TokenRequest{}, metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	config := rest.AnonymousClientConfig(shared.config)
	config.BearerToken = token.Status.Token
	restricted := kubernetes.NewForConfigOrDie(config)

	self, err := restricted.AuthenticationV1().SelfSubjectReviews().
		Create(t.Context(), &authenticationv1.SelfSubjectReview{}, metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if want := "system:serviceaccount:" + ns + ":default"; self.Status.UserInfo.Username != want {
		t.Errorf("the token is that of %s, want %s", self.Status.UserInfo.Username, want)
	}
	if _, err := restricted.CoreV1().ConfigMaps(ns).List(t.Context(), metav1.ListOptions{}); !apierrors.IsForbidden(err) {
		t.Errorf("without a role: %v, want Forbidden", err)
	}

	create(t, shared.client.RbacV1().Roles(ns).Create, &rbacv1.Role{
		ObjectMeta: named("reader"),
		Rules:      []rbacv1.PolicyRule{{APIGroups: []string{""}, Resources: []string{"configmaps"}, Verbs: []string{"list"}}},
	})
	create(t, shared.client.RbacV1().RoleBindings(ns).Create, &rbacv1.RoleBinding{
		ObjectMeta: named("reader"),
		RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "Role", Name: "reader"},
		Subjects:   []rbacv1.Subject{{Kind: "ServiceAccount", Name: "default", Namespace: ns}},
	})
	eventually(t, func(ctx context.Context) (string, error) {
		_, err := restricted.CoreV1().ConfigMaps(ns).List(ctx, metav1.ListOptions{})
		return "", err
	})
	if _, err := restricted.CoreV1().Secrets(ns).List(t.Context(), metav1.ListOptions{}); !apierrors.IsForbidden(err) {
		t.Errorf("outside its role: %v, want Forbidden", err)
	}
}

func TestBadTokenIsUnauthorized(t *testing.T) {
	t.Parallel()
	config := rest.AnonymousClientConfig(shared.config)
	config.BearerToken = "no token"
	_, err := kubernetes.NewForConfigOrDie(config).CoreV1().ConfigMaps("default").List(t.Context(), metav1.ListOptions{})
	if !apierrors.IsUnauthorized(err) {
		t.Errorf("%v, want Unauthorized", err)
	}
}

func TestKubeconfigIsForItsOwnerOnly(t *testing.T) {
	t.Parallel()
	info, err := os.Stat(shared.kubeconfig)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, want 0600", info.Mode().Perm())
	}
}

func serviceAccountExists(ns string) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		_, err := shared.client.CoreV1().ServiceAccounts(ns).Get(ctx, "default", metav1.GetOptions{})
		return "", err
	}
}
