//! Not yet written.

super::pending! {
    contacts::Add,
    contacts::Import,
    contacts::Remove,
    contacts::List,
    contacts::ListPage,
    contacts::SetRemark,
    blocks::Add,
    blocks::Remove,
    blocks::List,
    attributes::Set,
    attributes::Get,
    attributes::GetBatch,
    attributes::Delete,
    attributes::GetCapacity,
    presence::SetStatus,
    presence::Subscribe,
    presence::Unsubscribe,
    presence::ListSubscriptions,
    presence::GetBatch,
    presence::CountOnlineInGroup,
}
