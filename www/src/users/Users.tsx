import { PlusOutlined } from "../kit/icons";
import { Button } from "antd";
import { useState } from "react";
import { useList } from "../api/lists";
import { guarded } from "../app/Lock";
import { go, usePlace } from "../app/router";
import { useText } from "../i18n";
import { PageHead } from "../kit/PageHead";
import { ResourceTable } from "../kit/table/ResourceTable";
import { useUserColumns, type User } from "./columns";
import { FindUser } from "./FindUser";
import { Register } from "./Register";
import { UserActions } from "./UserActions";
import { UserDrawer } from "./UserDrawer";

const PAGE = { limit: 50 };

/** The users of the app. */
export default function Users() {
  const t = useText();
  const columns = useUserColumns();
  const listing = useList<User>("users.list", PAGE);
  const [registering, setRegistering] = useState(false);
  const opened = usePlace().path[1];
  const replace = (username: string, next: User | undefined) =>
    listing.patch((user) => (user.username === username ? next : user));
  return (
    <>
      <PageHead
        title={t.users.title}
        actions={
          <>
            <FindUser />
            <Button type="primary" icon={<PlusOutlined />} onClick={() => guarded(() => setRegistering(true))}>
              {t.users.register}
            </Button>
          </>
        }
      />
      <ResourceTable
        name="users"
        query="q"
        listing={listing}
        columns={columns}
        keyOf={(user) => user.username}
        onOpen={(user) => go(["users", user.username])}
        actions={(user) => <UserActions user={user} onChange={(next) => replace(user.username, next)} />}
        emptyHint={t.users.emptyHint}
      />
      <Register open={registering} onClose={() => setRegistering(false)} onDone={listing.reload} />
      <UserDrawer username={opened} onChange={(username, next) => replace(username, next)} onClose={() => go(["users"])} />
    </>
  );
}
