//! What users and administrators do beside signing in: registration, attributes, passwords, lists, sign-out and deletion.
use serde_json::json;

use crate::cases::{Outcome, expect, refused_with};
use crate::codes::{claims_of, last_code};
use crate::pool::{OTHER_PASSWORD, PASSWORD, Pool, attribute, present};

impl Pool {
    pub fn sign_up(&mut self) -> Outcome {
        let request = self
            .idp
            .sign_up()
            .client_id(&self.client_id)
            .username("bob")
            .password(PASSWORD);
        let reply = self.wait(
            request
                .user_attributes(attribute("email", "bob@example.com")?)
                .send(),
        )?;
        expect(reply.user_confirmed, false)?;
        let code = last_code(self, "bob")?;
        let request = self
            .idp
            .confirm_sign_up()
            .client_id(&self.client_id)
            .username("bob");
        self.wait(request.confirmation_code(code).send())?;
        let claims = claims_of(&present(self.sign_in("bob")?.id_token, "IdToken")?)?;
        expect(&claims["email_verified"], &json!(true))
    }

    pub fn own_attributes(&mut self) -> Outcome {
        let token = self.access_token("alice")?;
        let request = self.idp.update_user_attributes().access_token(&token);
        self.wait(request.user_attributes(attribute("name", "Alice")?).send())?;
        let user = self.wait(self.idp.get_user().access_token(token).send())?;
        expect(user.username.as_str(), "alice")?;
        expect(
            user.user_attributes.contains(&attribute("name", "Alice")?),
            true,
        )
    }

    pub fn forgotten_password(&mut self) -> Outcome {
        let email = vec![
            attribute("email", "f@example.com")?,
            attribute("email_verified", "true")?,
        ];
        self.create_user("forgetful", email)?;
        self.wait(
            self.idp
                .forgot_password()
                .client_id(&self.client_id)
                .username("forgetful")
                .send(),
        )?;
        let code = last_code(self, "forgetful")?;
        let request = self
            .idp
            .confirm_forgot_password()
            .client_id(&self.client_id)
            .username("forgetful");
        self.wait(
            request
                .confirmation_code(code)
                .password(OTHER_PASSWORD)
                .send(),
        )?;
        present(
            self.begin("forgetful", OTHER_PASSWORD)?
                .authentication_result,
            "AuthenticationResult",
        )?;
        Ok(())
    }

    pub fn changed_password(&mut self) -> Outcome {
        self.create_user("changing", vec![])?;
        let request = self
            .idp
            .change_password()
            .access_token(self.access_token("changing")?);
        self.wait(
            request
                .previous_password(PASSWORD)
                .proposed_password(OTHER_PASSWORD)
                .send(),
        )?;
        present(
            self.begin("changing", OTHER_PASSWORD)?
                .authentication_result,
            "AuthenticationResult",
        )?;
        Ok(())
    }

    pub fn sign_out_everywhere(&mut self) -> Outcome {
        let token = self.access_token("alice")?;
        self.wait(self.idp.global_sign_out().access_token(&token).send())?;
        let after = self.wait(self.idp.get_user().access_token(token).send());
        refused_with(
            after,
            "NotAuthorizedException",
            "Access Token has been revoked",
        )
    }

    pub fn pages_of_users(&mut self) -> Outcome {
        let expected: Vec<String> = (0..5).map(|number| format!("page-{number}")).collect();
        for username in &expected {
            self.create_temporary_user(username, vec![])?;
        }
        let request = self
            .idp
            .list_users()
            .user_pool_id(&self.id)
            .filter("username ^= \"page-\"")
            .limit(2);
        let mut pages = request.into_paginator().items().send();
        let mut names = vec![];
        while let Some(user) = self.wait(pages.try_next())? {
            names.extend(user.username);
        }
        names.sort();
        expect(names, expected)
    }

    pub fn deletion(&mut self) -> Outcome {
        let token = self.access_token("alice")?;
        self.wait(
            self.idp
                .admin_delete_user()
                .user_pool_id(&self.id)
                .username("alice")
                .send(),
        )?;
        let gone = self.wait(self.idp.get_user().access_token(token).send());
        refused_with(gone, "UserNotFoundException", "User does not exist.")?;
        self.wait(
            self.idp
                .delete_user_pool_client()
                .user_pool_id(&self.id)
                .client_id(&self.client_id)
                .send(),
        )?;
        let no_client = format!("User pool client {} does not exist.", self.client_id);
        refused_with(
            self.begin("bob", PASSWORD),
            "ResourceNotFoundException",
            &no_client,
        )?;
        self.wait(self.idp.delete_user_pool().user_pool_id(&self.id).send())?;
        let no_pool = format!("User pool {} does not exist.", self.id);
        let described = self.wait(self.idp.describe_user_pool().user_pool_id(&self.id).send());
        refused_with(described, "ResourceNotFoundException", &no_pool)
    }
}
