package io.autodump.core.plan;

import io.autodump.core.contract.DeploymentName;
import io.autodump.core.contract.TagNames;
import io.autodump.core.secret.TaggedSecret;
import java.util.Optional;

/**
 * One of several deployments that see the same secrets. One with a name dumps the databases whose secrets have its name
 * in {@code autodump:deployment}; one without a name dumps those without that tag. So no two dump the same database.
 *
 * @param name empty for the deployment without a name
 */
public record Deployment(Optional<String> name) {
    /** The deployment without a name. */
    public static final Deployment UNNAMED = new Deployment(Optional.empty());

    /**
     * Returns the deployment with a name.
     *
     * @throws IllegalArgumentException as {@link DeploymentName#parse}
     */
    public static Deployment named(String name) {
        return new Deployment(Optional.of(DeploymentName.parse(name)));
    }

    /** Returns whether another deployment dumps the secret's database. */
    public boolean isOther(SecretTags tags) {
        return tags.problems().schedule().isEmpty() && !tags.deployment().equals(name);
    }

    /**
     * Returns why this deployment doesn't dump the database of a secret, in a few words. Empty if it does.
     *
     * @param tags the secret's tags
     */
    public Optional<String> leavesOut(TaggedSecret secret, SecretTags tags) {
        if (isOther(tags)) {
            return Optional.of("the secret belongs to "
                    + tags.deployment()
                            .map(other -> "the deployment " + other + " (" + TagNames.DEPLOYMENT + ")")
                            .orElse("the deployment without a name: it has no " + TagNames.DEPLOYMENT)
                    + ", and this is "
                    + name.map(own -> "the deployment " + own).orElse("the deployment without a name"));
        }
        return tags.dumpedIn(secret).map(region -> "the secret is a replica, and its database is dumped in " + region);
    }
}
